// A file that someone chose, read at once: what is checked is what is taken, even
// when it changes on the disk meanwhile.
export const MOST_BYTES = 3 * 1024 * 1024;

export interface RosterFile {
  name: string;
  content: Uint8Array;
  // Tells one choice from the next.
  chosen: number;
}

export type Refused =
  | { why: 'notTable'; name: string }
  | { why: 'empty'; name: string }
  | { why: 'tooLarge'; size: string }
  | { why: 'unreadable' };

let choices = 0;

export async function readRoster(file: File): Promise<RosterFile | Refused> {
  const { name, size } = file;
  if (!/\.(csv|xlsx|txt)$/i.test(name)) return { why: 'notTable', name };
  if (size === 0) return { why: 'empty', name };
  if (size > MOST_BYTES) return { why: 'tooLarge', size: (size / 1024 / 1024).toFixed(1) };
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    choices += 1;
    return { name, content, chosen: choices };
  } catch {
    return { why: 'unreadable' };
  }
}

export const isRefused = (one: RosterFile | Refused): one is Refused => 'why' in one;
