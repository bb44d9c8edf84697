// Checks one entry of the journal by what an export says of it, without believing the
// server anything but the key that was remembered. What jinhuan-verify does for a whole
// export, with the witnesses that are left out here.
import { fromBinary } from '@bufbuild/protobuf';
import { EntrySchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import type { Bundle, BundleEntry, ConsistencyProof } from '@/gen/jinhuan/journal/v1/proof_pb';
import { isListed } from './erasure';
import { type Checkpoint, isSignedBy, parseCheckpoint } from './note';
import { type Hash, hasherNamed, isContinued, isIncluded, leafOf } from './tree';

// In the order in which they are told: is the checkpoint signed by the journal; is the
// entry as it was sealed, and where it says; does the journal continue the one seen before.
export const checks = ['signature', 'entry', 'history'] as const;
// `first`: there is nothing from before to compare with. `cannot`: this browser can't tell.
export type Outcome = 'good' | 'bad' | 'first' | 'cannot';
export type Findings = Record<(typeof checks)[number], Outcome>;

// What was seen and found good before.
export interface Held {
  key: string;
  note: string;
}

export async function checkEntry(
  bundle: Bundle,
  entry: BundleEntry,
  held: Held,
  consistency: ConsistencyProof | undefined,
): Promise<Findings> {
  const checkpoint = parseCheckpoint(bundle.checkpoint?.note ?? '');
  if (!checkpoint) return { signature: 'bad', entry: 'bad', history: 'bad' };
  return {
    signature: said(await isSignedBy(held.key, checkpoint)),
    entry: await entryOutcome(checkpoint, held.key, bundle, entry),
    history: held.note ? await historyOutcome(checkpoint, held.note, consistency) : 'first',
  };
}

const said = (good: boolean | undefined): Outcome =>
  good === undefined ? 'cannot' : good ? 'good' : 'bad';

async function entryOutcome(
  checkpoint: Checkpoint,
  key: string,
  bundle: Bundle,
  entry: BundleEntry,
): Promise<Outcome> {
  const hash = hasherNamed(checkpoint.hash);
  if (!hash) return 'cannot';
  try {
    const record = fromBinary(EntrySchema, entry.record);
    const names = ['id', 'alliance', 'resource'] as const;
    if (names.some((name) => record[name] !== entry[name])) return 'bad';
    // Of what was erased the hash is left.
    if (record.erased && !(await isListed(checkpoint, key, bundle, entry, record))) return 'bad';
    if (record.erased ? record.leafHash.length !== 32 : entry.salt.length !== 16) return 'bad';
    const leaf: Hash = record.erased
      ? record.leafHash
      : await leafOf(hash, entry.salt, entry.record);
    const index = Number(entry.number) - 1;
    const { size, root } = checkpoint;
    return said(await isIncluded(hash, index, size, leaf, entry.path, root));
  } catch {
    return 'bad';
  }
}

// Whichever of the two is larger must begin with the other.
async function historyOutcome(
  checkpoint: Checkpoint,
  note: string,
  proof: ConsistencyProof | undefined,
): Promise<Outcome> {
  const held = parseCheckpoint(note);
  const hash = hasherNamed(checkpoint.hash);
  if (!hash) return 'cannot';
  if (held?.origin !== checkpoint.origin || held.hash !== checkpoint.hash) return 'bad';
  const [old, now] = held.size <= checkpoint.size ? [held, checkpoint] : [checkpoint, held];
  const path = proof?.path ?? [];
  return said(await isContinued(hash, old.size, now.size, path, old.root, now.root));
}
