// Where terms lie on a shared axis of time, in percent of its length.
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { DAY, ms } from '@/lib/time';
import { firstOfYears } from './dates';

export interface Block {
  term: ChairTerm;
  // A word on it, such as "changed".
  mark?: string;
  // Can't be picked here; it is shown all the same.
  off?: boolean;
}

export interface Lane {
  id: string;
  label: string;
  blocks: readonly Block[];
}

export const YEAR = 365.25 * DAY;

export interface Axis {
  from: number;
  to: number;
  at: (instant: number) => number;
  years: { year: number; start: number }[];
}

// From the first beginning to the last end; the present too, where it is near.
export function axisOf(lanes: readonly Lane[], zone: string, now: number): Axis {
  const terms = lanes.flatMap((lane) => lane.blocks.map((block) => block.term));
  let from = Math.min(...terms.map((term) => ms(term.startTime)));
  let to = Math.max(...terms.map((term) => ms(term.endTime)));
  if (now < from && from - now < YEAR) from = now - 14 * DAY;
  if (now > to && now - to < YEAR) to = now + 14 * DAY;
  return {
    from,
    to,
    at: (instant) => ((instant - from) / (to - from)) * 100,
    years: firstOfYears(from, to, zone),
  };
}

export interface Place {
  lane: number;
  block: number;
}

// Where a key leads from a block; null for keys that lead nowhere.
export function placeAfter(key: string, at: Place, lanes: readonly Lane[]): Place | null {
  const last = (lanes[at.lane]?.blocks.length ?? 1) - 1;
  const clamped = (block: number) => ({ ...at, block: Math.max(0, Math.min(block, last)) });
  if (key === 'ArrowRight') return clamped(at.block + 1);
  if (key === 'ArrowLeft') return clamped(at.block - 1);
  if (key === 'Home') return clamped(0);
  if (key === 'End') return clamped(last);
  if (key === 'PageDown') return clamped(byYear(at, lanes, 1));
  if (key === 'PageUp') return clamped(byYear(at, lanes, -1));
  if (key === 'ArrowDown') return beside(at, lanes, 1);
  if (key === 'ArrowUp') return beside(at, lanes, -1);
  return null;
}

// The block that begins nearest to so many years away; at least the next one that way.
function byYear(at: Place, lanes: readonly Lane[], years: number): number {
  const starts = (lanes[at.lane]?.blocks ?? []).map((block) => ms(block.term.startTime));
  const target = (starts[at.block] ?? 0) + years * YEAR;
  const away = (block: number) => Math.abs((starts[block] ?? 0) - target);
  const nearest = starts.reduce((best, _, block) => (away(block) < away(best) ? block : best), 0);
  return nearest === at.block ? at.block + Math.sign(years) : nearest;
}

// The block of the next lane at the same time.
function beside(at: Place, lanes: readonly Lane[], step: number): Place {
  const lane = at.lane + step;
  const blocks = lanes[lane]?.blocks;
  if (!blocks?.length) return at;
  const start = ms(lanes[at.lane]?.blocks[at.block]?.term.startTime);
  const found = blocks.findIndex((block) => ms(block.term.endTime) > start);
  return { lane, block: found < 0 ? blocks.length - 1 : found };
}
