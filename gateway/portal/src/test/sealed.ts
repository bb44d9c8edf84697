// A sealed journal, for tests. Its tree follows the definition (RFC 9162, section 2.1): slow,
// and written another way than what checks it.
import { create, toBinary } from '@bufbuild/protobuf';
import { type Entry, EntrySchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import { type Bundle, BundleSchema } from '@/gen/jinhuan/journal/v1/proof_pb';
import { concat, toBase64 } from '@/lib/proof/bytes';
import { sm3 } from '@/lib/proof/sm3';

type Hash = Uint8Array;

// The largest power of two below `n`.
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);

function rootOf(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0] as Hash;
  const middle = split(leaves.length);
  const [left, right] = [rootOf(leaves.slice(0, middle)), rootOf(leaves.slice(middle))];
  return sm3(concat(Uint8Array.of(1), left, right));
}

function inclusionOf(leaves: readonly Hash[], n: number): Hash[] {
  if (leaves.length === 1) return [];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return n < middle
    ? [...inclusionOf(left, n), rootOf(right)]
    : [...inclusionOf(right, n - middle), rootOf(left)];
}

function consistencyOf(leaves: readonly Hash[], from: number, known: boolean): Hash[] {
  if (from === leaves.length) return known ? [] : [rootOf(leaves)];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return from <= middle
    ? [...consistencyOf(left, from, known), rootOf(right)]
    : [...consistencyOf(right, from - middle, false), rootOf(left)];
}

export const growTree = (leaves: readonly Hash[]) => ({
  root: rootOf(leaves),
  inclusion: (n: number) => inclusionOf(leaves, n),
  consistency: (from: number) => consistencyOf(leaves, from, true),
});

// A key of a journal, with what it signs.
export async function newLogKey(name = 'log') {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const id = Uint8Array.of(1, 2, 3, 4);
  return {
    key: `${name}+01020304+${toBase64(concat(Uint8Array.of(1), raw))}`,
    async noteOf(size: number, root: Uint8Array): Promise<string> {
      const text = `${name}\n${size}\n${toBase64(root)}\nhash sm3\n`;
      const signed = new TextEncoder().encode(text);
      const signature = await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, signed);
      return `${text}\n— ${name} ${toBase64(concat(id, new Uint8Array(signature)))}\n`;
    },
  };
}

const salt = new Uint8Array(16).fill(7);
const stored = (entry: Entry) =>
  toBinary(EntrySchema, create(EntrySchema, { ...entry, number: 0n }));
export const leafHashOf = (entry: Entry): Hash =>
  sm3(concat(Uint8Array.of(0), salt, stored(entry)));

// Entries as a journal stores and proves them: what ExportBundle answers for one of them.
export async function sealedBundle(
  log: Awaited<ReturnType<typeof newLogKey>>,
  entries: readonly Entry[],
  number: number,
): Promise<Bundle> {
  const tree = growTree(entries.map(leafHashOf));
  const entry = entries[number - 1] as Entry;
  const { id, alliance, resource } = entry;
  const record = stored(entry);
  const path = tree.inclusion(number - 1);
  return create(BundleSchema, {
    checkpoint: {
      note: await log.noteOf(entries.length, tree.root),
      treeSize: BigInt(entries.length),
      verifierKey: log.key,
    },
    entries: [{ number: BigInt(number), id, alliance, resource, record, salt, path }],
  });
}
