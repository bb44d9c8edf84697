// Whether the journal itself says that an entry was erased. One whose content somebody took away
// without a word keeps its hash and its place in the tree, and is no less a forgery (ADR 12).
import { equals, fromBinary } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { type Entry, EntrySchema, ErasureSchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import type { Bundle, BundleEntry } from '@/gen/jinhuan/journal/v1/proof_pb';
import { type Checkpoint, isSignedBy, parseCheckpoint } from './note';
import { hasherNamed, isContinued, isIncluded, leafOf } from './tree';

const listings = 'journal/erasures';

// Whether the tree has a listing by which `stored` was erased and became `record`.
export async function isListed(
  checkpoint: Checkpoint,
  key: string,
  bundle: Bundle,
  stored: BundleEntry,
  record: Entry,
): Promise<boolean> {
  const tree = await treeOfListings(checkpoint, key, bundle);
  const left = { ...record, number: stored.number };
  for (const one of bundle.erasures) {
    if (!tree || one.id !== stored.erasure || !(await isIn(tree, one))) continue;
    const { id, resource, after } = fromBinary(EntrySchema, one.record);
    const erasure = after && anyUnpack(after, ErasureSchema);
    if (id !== one.id || resource !== listings) continue;
    if (erasure?.entries.some((told) => equals(EntrySchema, told, left))) return true;
  }
  return false;
}

// The tree that the listings of a bundle lie in: that of the checkpoint, or of a later one that
// continues it.
async function treeOfListings(now: Checkpoint, key: string, bundle: Bundle) {
  if (!bundle.laterCheckpoint) return now;
  const later = parseCheckpoint(bundle.laterCheckpoint.note);
  const hash = hasherNamed(now.hash);
  if (!hash || later?.origin !== now.origin || later.hash !== now.hash) return undefined;
  const path = bundle.laterConsistency?.path ?? [];
  const follows = await isContinued(hash, now.size, later.size, path, now.root, later.root);
  return follows && (await isSignedBy(key, later)) ? later : undefined;
}

async function isIn({ hash, size, root }: Checkpoint, { number, salt, record, path }: BundleEntry) {
  const hasher = hasherNamed(hash);
  if (!hasher || salt.length !== 16) return false;
  const leaf = await leafOf(hasher, salt, record);
  return isIncluded(hasher, Number(number) - 1, size, leaf, path, root);
}
