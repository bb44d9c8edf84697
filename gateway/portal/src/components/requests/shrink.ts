// A phone's photo is several megabytes; the server takes half of one. Drawing it anew
// also turns it the right way up and leaves out where and when it was taken.
const LIMIT = 512 * 1024;

// Rejects when the browser can't read the picture.
export async function shrink(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file);
  for (let side = 1600; ; side /= 2) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
    if (!blob) throw new Error('the canvas gives no picture');
    if (blob.size <= LIMIT) return new Uint8Array(await blob.arrayBuffer());
  }
}

// A chosen file as it is sent. A phone's photo lies on its side once the server has taken its
// metadata out, so it is drawn anew; what can't be drawn the server refuses with a reason.
export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const whole = async () => new Uint8Array(await file.arrayBuffer());
  return file.type === 'image/jpeg' ? shrink(file).catch(whole) : whole();
}

// What an <img> shows without another request, as the page's policy allows.
export function dataUrl(bytes: Uint8Array, type: string): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(text)}`;
}
