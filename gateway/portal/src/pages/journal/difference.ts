import type { Entry } from '@/gen/jinhuan/journal/v1/journal_pb';
import { type Leaf, type Leaves, leavesOf, unpack } from './leaves';

export interface Row {
  path: string;
  before: Leaf | undefined;
  after: Leaf | undefined;
  changed: boolean;
}

const same = (a: Leaf | undefined, b: Leaf | undefined) => JSON.stringify(a) === JSON.stringify(b);

// What changed first, then what stayed as it was, each in the order of the fields.
export function difference(before: Leaves, after: Leaves): Row[] {
  const paths = [...new Set([...after.keys(), ...before.keys()])];
  const rows = paths.map((path) => ({
    path,
    before: before.get(path),
    after: after.get(path),
    changed: !same(before.get(path), after.get(path)),
  }));
  return [...rows.filter((row) => row.changed), ...rows.filter((row) => !row.changed)];
}

export interface Difference {
  rows: Row[];
  // Types that this portal does not know: packed by a newer server.
  unknown: string[];
}

export function differenceOf({ before, after }: Entry): Difference {
  const packed = [before, after].filter((any) => any !== undefined);
  return {
    rows: difference(leavesOf(unpack(before)), leavesOf(unpack(after))),
    unknown: packed
      .filter((any) => !unpack(any))
      .map((any) => any.typeUrl.slice(any.typeUrl.lastIndexOf('/') + 1)),
  };
}

// What the resource calls itself, '' when it has no name of its own.
export function titleOf({ before, after }: Entry): string {
  const leaves = leavesOf(unpack(after ?? before));
  for (const path of ['display_name', 'login', 'title', 'subject', 'plate']) {
    const leaf = leaves.get(path);
    if (leaf?.kind === 'text') return leaf.text;
  }
  return '';
}
