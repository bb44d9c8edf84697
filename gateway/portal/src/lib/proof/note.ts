// Checkpoints as signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).
import { fromBase64, sameBytes } from './bytes';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  // What the tree hashes with: sm3, sha256.
  hash: string;
  // The signed text, and the lines that sign it.
  text: string;
  signatures: { name: string; id: Uint8Array; bytes: Uint8Array<ArrayBuffer> }[];
}

// Nothing for what is no checkpoint of a journal.
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const [, origin = '', size = '', root = '', hash = ''] =
    /^([^\n]+)\n(\d{1,15})\n([^\n]+)\nhash (\w+)\n$/.exec(text) ?? [];
  const bytes = fromBase64(root);
  const lines = note
    .slice(end + 2, -1)
    .split('\n')
    .map(parseLine);
  const signatures = lines.filter((line) => line !== undefined);
  if (bytes?.length !== 32 || signatures.length !== lines.length) return undefined;
  return { origin, size: Number(size), root: bytes, hash, text, signatures };
}

function parseLine(line: string) {
  const [, name, base64 = ''] = /^— ([!-~]+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!name || !bytes || bytes.length <= 4) return undefined;
  return { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) };
}

// Whether the key, `name+id+base64(1 ‖ Ed25519 key)`, signed the checkpoint. Nothing where
// this browser can't tell: on a plain http address it has no signatures.
export async function isSignedBy(
  key: string,
  { text, signatures }: Checkpoint,
): Promise<boolean | undefined> {
  const [, name, hex = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key) ?? [];
  const typed = fromBase64(base64);
  if (typed?.length !== 33 || typed[0] !== 1) return false;
  const id = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const line = signatures.find((one) => one.name === name && sameBytes(one.id, id));
  if (line?.bytes.length !== 64) return false;
  try {
    const algorithm = { name: 'Ed25519' };
    const imported = await crypto.subtle.importKey('raw', typed.slice(1), algorithm, false, [
      'verify',
    ]);
    const signed = new TextEncoder().encode(text);
    return await crypto.subtle.verify(algorithm, imported, line.bytes, signed);
  } catch {
    return undefined;
  }
}
