// The tree of the journal (RFC 9162), as one who only checks it sees it.
import { concat, sameBytes } from './bytes';
import { sm3 } from './sm3';

export type Hash = Uint8Array;
export type Hasher = (bytes: Uint8Array<ArrayBuffer>) => Promise<Hash>;

// The hash that a checkpoint names; nothing where this browser does not have it: on a
// plain http address it has no SHA-256.
export function hasherNamed(name: string): Hasher | undefined {
  if (name === 'sm3') return async (bytes) => sm3(bytes);
  if (name !== 'sha256' || !globalThis.crypto?.subtle) return undefined;
  return async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export const leafOf = (hash: Hasher, salt: Uint8Array, record: Uint8Array): Promise<Hash> =>
  hash(concat(Uint8Array.of(0), salt, record));

export const nodeOf = (hash: Hasher, left: Hash, right: Hash): Promise<Hash> =>
  hash(concat(Uint8Array.of(1), left, right));

// Positions may be larger than 32 bits, so no shifts.
const half = (n: number) => Math.floor(n / 2);

// Climbs from position `node` of a level whose last position is `last`: whether the
// sibling stands left of it, then one level up, and past the levels where it has none.
function* climb(node: number, last: number, steps: number) {
  for (let i = 0; i < steps; i++) {
    if (last === 0) return;
    const left = node % 2 === 1 || node === last;
    while (left && node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    [node, last] = [half(node), half(last)];
    yield { left, top: last === 0 };
  }
}

// Whether `path` leads from the leaf at `index` to the root of `size` leaves (2.1.3.2).
export async function isIncluded(
  hash: Hasher,
  index: number,
  size: number,
  leaf: Hash,
  path: readonly Hash[],
  root: Hash,
): Promise<boolean> {
  if (index < 0 || index >= size) return false;
  let at = leaf;
  let top = size === 1;
  let used = 0;
  for (const step of climb(index, size - 1, path.length)) {
    const sibling = path[used++] as Hash;
    at = step.left ? await nodeOf(hash, sibling, at) : await nodeOf(hash, at, sibling);
    top = step.top;
  }
  return top && used === path.length && sameBytes(at, root);
}

// Whether `path` leads from the tree of `from` leaves to that of `size` that begins with
// the same (2.1.4.2).
export async function isContinued(
  hash: Hasher,
  from: number,
  size: number,
  path: readonly Hash[],
  fromRoot: Hash,
  root: Hash,
): Promise<boolean> {
  if (from < 1 || from > size) return false;
  if (from === size) return path.length === 0 && sameBytes(fromRoot, root);
  let [node, last] = [from - 1, size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // A complete tree is itself the first node of the path.
  const [first, ...rest] = node === 0 ? [fromRoot, ...path] : path;
  if (!first) return false;
  let [old, now] = [first, first];
  let top = last === 0;
  let used = 0;
  for (const step of climb(node, last, rest.length)) {
    const sibling = rest[used++] as Hash;
    if (step.left) {
      old = await nodeOf(hash, sibling, old);
      now = await nodeOf(hash, sibling, now);
    } else {
      now = await nodeOf(hash, now, sibling);
    }
    top = step.top;
  }
  return top && used === rest.length && sameBytes(old, fromRoot) && sameBytes(now, root);
}
