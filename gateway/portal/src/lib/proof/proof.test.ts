import { create, toBinary } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { type Entry, EntrySchema, ErasureSchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import {
  type BundleEntry,
  BundleEntrySchema,
  BundleSchema,
  ConsistencyProofSchema,
} from '@/gen/jinhuan/journal/v1/proof_pb';
import { growTree, leafHashOf, newLogKey, sealedBundle } from '@/test/sealed';
import { checkEntry } from './check';
import { isSignedBy, parseCheckpoint } from './note';
import { sm3 } from './sm3';
import { isContinued, isIncluded } from './tree';

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const text = (words: string) => new Uint8Array(new TextEncoder().encode(words));
const hash = async (bytes: Uint8Array) => sm3(bytes);

describe('SM3', () => {
  it('is that of the standard', () => {
    expect(hex(sm3(text('abc')))).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(hex(sm3(text('abcd'.repeat(16))))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });
});

describe('the tree', () => {
  const leaves = Array.from({ length: 21 }, (_, i) => sm3(text(`leaf ${i}`)));
  const trees = leaves.map((_, i) => growTree(leaves.slice(0, i + 1)));
  const whole = trees[20] as ReturnType<typeof growTree>;

  it('has every leaf, and no other in its place', async () => {
    for (const [i, tree] of trees.entries()) {
      for (let n = 0; n <= i; n++) {
        const [leaf, path] = [leaves[n] as Uint8Array, tree.inclusion(n)];
        expect(await isIncluded(hash, n, i + 1, leaf, path, tree.root)).toBe(true);
        const other = leaves[(n + 1) % 21] as Uint8Array;
        expect(await isIncluded(hash, n, i + 1, other, path, tree.root)).toBe(false);
        expect(await isIncluded(hash, n, i + 1, leaf, [...path, leaf], tree.root)).toBe(false);
        expect(await isIncluded(hash, n, i + 1, leaf, path.slice(1), tree.root)).toBe(i === 0);
      }
    }
  });

  it('continues every smaller one, and no other', async () => {
    for (const [i, tree] of trees.entries()) {
      const path = whole.consistency(i + 1);
      expect(await isContinued(hash, i + 1, 21, path, tree.root, whole.root)).toBe(true);
      const other = trees[(i + 1) % 20] as typeof tree;
      expect(await isContinued(hash, i + 1, 21, path, other.root, whole.root)).toBe(false);
      expect(await isContinued(hash, i + 1, 21, [...path, tree.root], tree.root, whole.root)).toBe(
        false,
      );
    }
  });
});

describe('an entry', async () => {
  const log = await newLogKey();
  const entries = ['users/li', 'users/zhang', 'users/wang'].map((resource, i) =>
    create(EntrySchema, { id: `e${i}`, resource }),
  );
  const bundle = await sealedBundle(log, entries, 2);
  const before = await sealedBundle(log, entries.slice(0, 2), 2);
  const note = bundle.checkpoint?.note ?? '';
  const stored = bundle.entries[0] as BundleEntry;
  const entry = (more = {}) => create(BundleEntrySchema, { ...stored, ...more });
  // The third leaf is what has come since.
  const grown = create(ConsistencyProofSchema, { path: stored.path.slice(-1) });
  const held = { key: log.key, note: before.checkpoint?.note ?? '' };
  const verdict = (of: BundleEntry, by = held, checkpoint = note) =>
    checkEntry(create(BundleSchema, { checkpoint: { note: checkpoint } }), of, by, grown);

  it('is found good', async () => {
    const good = { signature: 'good', entry: 'good', history: 'good' };
    expect(await verdict(entry())).toEqual(good);
    expect(await verdict(entry(), { ...held, note: '' })).toEqual({ ...good, history: 'first' });
  });

  it('is found changed in its record, its place or its name', async () => {
    const record = toBinary(EntrySchema, create(EntrySchema, { id: 'e1', resource: 'users/li' }));
    for (const more of [
      { record, resource: 'users/li' },
      { resource: 'users/li' },
      { number: 1n },
      { salt: new Uint8Array(16) },
      { record: Uint8Array.of(255) },
    ]) {
      expect((await verdict(entry(more))).entry).toBe('bad');
    }
  });

  it('is found in a journal that another signed, or that was rewritten', async () => {
    expect((await verdict(entry(), held, note.replace('\n3\n', '\n4\n'))).signature).toBe('bad');
    const other = await newLogKey();
    expect((await verdict(entry(), { ...held, key: other.key })).signature).toBe('bad');
    const past = { ...held, note: await log.noteOf(2, sm3(text('another past'))) };
    expect((await verdict(entry(), past)).history).toBe('bad');
  });

  describe('that was erased', async () => {
    const erased = entries[1] as Entry;
    const left = create(EntrySchema, { ...erased, erased: true, leafHash: leafHashOf(erased) });
    const listing = (of: Entry, resource = 'journal/erasures') =>
      create(EntrySchema, {
        id: 'e3',
        resource,
        after: anyPack(ErasureSchema, create(ErasureSchema, { entries: [{ ...of, number: 2n }] })),
      });
    const gone = entry({
      record: toBinary(EntrySchema, left),
      salt: new Uint8Array(),
      erasure: 'e3',
    });
    // Erased after the checkpoint: the listing lies in a later tree.
    const bundleWith = async (told: Entry) => {
      const all = [...entries, told];
      const later = await sealedBundle(log, all, all.length);
      const path = growTree(all.map(leafHashOf)).consistency(entries.length);
      return create(BundleSchema, {
        checkpoint: bundle.checkpoint,
        laterCheckpoint: later.checkpoint,
        laterConsistency: { path },
        erasures: later.entries,
      });
    };
    const outcome = async (of: Awaited<ReturnType<typeof bundleWith>>, stored = gone) =>
      (await checkEntry(of, stored, held, grown)).entry;

    it('is good where the tree has the listing', async () => {
      expect(await outcome(await bundleWith(listing(left)))).toBe('good');
    });

    it('is bad where none lists it as it stands', async () => {
      expect(await outcome(bundle)).toBe('bad');
      const other = create(EntrySchema, { ...left, resource: 'users/wang' });
      expect(await outcome(await bundleWith(listing(other)))).toBe('bad');
      expect(await outcome(await bundleWith(listing(left, 'users/zhang')))).toBe('bad');
      const listed = await bundleWith(listing(left));
      expect(await outcome(listed, { ...gone, erasure: 'e2' })).toBe('bad');
      expect(await outcome({ ...listed, laterConsistency: undefined })).toBe('bad');
      expect(await outcome({ ...listed, laterCheckpoint: undefined })).toBe('bad');
      const [told] = listed.erasures;
      const moved = { ...(told as BundleEntry), number: 3n };
      expect(await outcome({ ...listed, erasures: [moved] })).toBe('bad');
    });
  });

  it('is not read from what is no note', async () => {
    for (const bad of ['', 'log\n3\n', note.slice(0, -1), note.replace('sm3', 'sm3 ')]) {
      expect(parseCheckpoint(bad)).toBeUndefined();
    }
    const parsed = parseCheckpoint(note);
    expect(parsed && (await isSignedBy('no key', parsed))).toBe(false);
  });
});
