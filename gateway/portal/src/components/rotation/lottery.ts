// The lottery, computed again from a revealed seed: anyone can check that the seed
// is the one that was committed to, and in which order it puts the units.
import { sha256 } from './sha256';

const text = new TextEncoder();

export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function commitmentOf(seed: string): Promise<string> {
  return hexOf(await sha256(bytesOf(seed)));
}

// The first 8 bytes of SHA-256(seed, a zero byte, name), in hex: hex of one length
// sorts as the number does.
export async function lotteryNumber(seed: string, member: string): Promise<string> {
  const data = new Uint8Array([...bytesOf(seed), 0, ...text.encode(member)]);
  return hexOf(await sha256(data)).slice(0, 16);
}

export async function lotteryOrder(seed: string, members: readonly string[]) {
  const drawn = await Promise.all(
    members.map(async (member) => ({ member, number: await lotteryNumber(seed, member) })),
  );
  return drawn.sort((one, other) => (one.number < other.number ? -1 : 1));
}
