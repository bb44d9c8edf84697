// Hands a file that a call gave to the browser, as if it had been a link.
export function download(filename: string, type: string, content: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([content.slice()], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
