// A day of one or more facilities as rows of cells, as the grid and the cards
// draw them.
import { isLive } from '@/components/bookings/states';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import {
  type FacilityAvailability,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import type { Facility } from '@/gen/jinhuan/resource/v1/facility_pb';
import { type LotteryRequest, LotteryRequest_State } from '@/gen/jinhuan/resource/v1/lottery_pb';
import { addDays, DEFAULT_ZONE, instant, MINUTE, ms } from '@/lib/time';

export type CellState =
  | 'bookable'
  | 'full'
  | 'past'
  | 'closed'
  | 'mine'
  // Not the reader's yet: in the line; come up from it, to be accepted.
  | 'waiting'
  | 'offered'
  | 'notyet'
  | 'notforyou'
  // Is drawn by lottery: places can be asked for; were asked for; is about to be drawn.
  | 'lottery'
  | 'asked'
  | 'drawing';

export interface Cell {
  state: CellState;
  start: number;
  end: number;
  // What of it lies in the shown day: a night's slot belongs to two days.
  shownFrom: number;
  shownTo: number;
  // The following are of a slot; a closed stretch has none of them.
  window: string;
  free: number;
  capacity: number;
  priceFen: number;
  booking?: Booking;
  // When it is drawn, and what was asked for in it; of a slot that a lottery decides on.
  drawAt?: number;
  request?: LotteryRequest;
}

export interface Row {
  facility: Facility;
  zone: string;
  cells: Cell[];
}

export interface DayGrid {
  rows: Row[];
  // The shown part of the day, in minutes after midnight, on whole hours.
  from: number;
  to: number;
  // The finest slot boundary in minutes: one column of the drawing.
  unit: number;
  // The shortest slot in minutes, which decides how wide an hour must be.
  shortest: number;
}

const states: Record<SlotAvailability_State, CellState> = {
  [SlotAvailability_State.UNSPECIFIED]: 'closed',
  [SlotAvailability_State.BOOKABLE]: 'bookable',
  [SlotAvailability_State.FULL]: 'full',
  [SlotAvailability_State.PAST]: 'past',
  [SlotAvailability_State.NOT_YET]: 'notyet',
  [SlotAvailability_State.NOT_FOR_YOU]: 'notforyou',
  [SlotAvailability_State.CLOSED]: 'closed',
  [SlotAvailability_State.LOTTERY]: 'lottery',
};

// What a live booking of the reader makes of a cell; any other is theirs.
const held: Partial<Record<Booking_State, CellState>> = {
  [Booking_State.WAITLISTED]: 'waiting',
  [Booking_State.OFFERED]: 'offered',
};

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export function buildDay(
  facilities: readonly FacilityAvailability[],
  bookings: readonly Booking[],
  day: string,
  requests: readonly LotteryRequest[] = [],
): DayGrid {
  const live = bookings.filter(isLive);
  const sealed = requests.filter((one) => one.state === LotteryRequest_State.SEALED);
  const midnightOf = (zone: string) => instant(day, 0, zone);
  let from = 24 * 60;
  let to = 0;
  let unit = 60;
  let shortest = 24 * 60;
  for (const { facility, slots } of facilities) {
    const midnight = midnightOf(facility?.timeZone || DEFAULT_ZONE);
    for (const slot of slots) {
      const start = Math.max((ms(slot.startTime) - midnight) / MINUTE, 0);
      const end = Math.min((ms(slot.endTime) - midnight) / MINUTE, 24 * 60);
      if (end <= start) continue;
      from = Math.min(from, Math.floor(start / 60) * 60);
      to = Math.max(to, Math.ceil(end / 60) * 60);
      unit = gcd(gcd(unit, start), end);
      shortest = Math.min(shortest, end - start);
    }
  }
  if (to <= from) return { rows: [], from: 0, to: 0, unit: 60, shortest: 60 };

  const rows: Row[] = [];
  for (const { facility, slots } of facilities) {
    if (!facility) continue;
    const zone = facility.timeZone || DEFAULT_ZONE;
    const midnight = midnightOf(zone);
    const endOfDay = instant(addDays(day, 1), 0, zone);
    const cells: Cell[] = [];
    let cursor = midnight + from * MINUTE;
    const closedUntil = (until: number) => {
      if (until > cursor) cells.push(closed(cursor, until));
    };
    for (const slot of slots) {
      const start = ms(slot.startTime);
      const end = ms(slot.endTime);
      const shownFrom = Math.max(start, midnight);
      const shownTo = Math.min(end, endOfDay);
      if (shownTo <= shownFrom) continue;
      closedUntil(start);
      const booking = live.find(
        (one) => one.window === slot.window && ms(one.startTime) < end && ms(one.endTime) > start,
      );
      const drawAt = slot.lotteryCloseTime && ms(slot.lotteryCloseTime);
      const request = drawAt
        ? sealed.find(
            (one) =>
              one.window === slot.window && ms(one.startTime) < end && ms(one.endTime) > start,
          )
        : undefined;
      const drawn = drawAt && stateOfLot(drawAt, request);
      cells.push({
        state: booking ? (held[booking.state] ?? 'mine') : drawn || states[slot.state],
        start,
        end,
        shownFrom,
        shownTo,
        window: slot.window,
        free: slot.free,
        capacity: slot.capacity,
        priceFen: Number(slot.priceFen),
        booking,
        drawAt,
        request,
      });
      cursor = Math.max(cursor, end);
    }
    closedUntil(Math.min(midnight + to * MINUTE, endOfDay));
    rows.push({ facility, zone, cells });
  }
  return { rows, from, to, unit, shortest };
}

function stateOfLot(drawAt: number, request: LotteryRequest | undefined): CellState {
  if (request) return 'asked';
  return drawAt > Date.now() ? 'lottery' : 'drawing';
}

function closed(start: number, end: number): Cell {
  const shown = { shownFrom: start, shownTo: end };
  return { state: 'closed', start, end, ...shown, window: '', free: 0, capacity: 0, priceFen: 0 };
}

// Whether it began before the shown day.
export function isFromEve(cell: Cell): boolean {
  return cell.start < cell.shownFrom;
}

// Whether cells can be booked, or asked for, as one: all alike, of one window, without gap.
export function isBookableRange(cells: readonly Cell[]): boolean {
  return (
    cells.length > 0 &&
    cells.every((cell, i) => {
      const before = cells[i - 1];
      if (cell.state !== 'bookable' && cell.state !== 'lottery') return false;
      if (before && before.state !== cell.state) return false;
      return !before || (before.window === cell.window && before.end === cell.start);
    })
  );
}

// How many slots from here on can be booked together.
export function longestFrom(cells: readonly Cell[], first: number): number {
  let length = 0;
  while (first + length < cells.length) {
    if (!isBookableRange(cells.slice(first, first + length + 1))) break;
    length += 1;
  }
  return length;
}

const usable = new Set<CellState>([
  'bookable',
  'mine',
  'waiting',
  'offered',
  'full',
  'lottery',
  'asked',
  'notyet',
  'notforyou',
]);

// Whether acting on a cell does something: book it, wait for it, see what one has, or why not.
export function isUsable(cell: Cell): boolean {
  return usable.has(cell.state);
}

const unpriced = new Set<CellState>(['closed', 'past', 'notforyou']);

// What the slots cost that the reader may book, now or later: the least and the most; nothing
// where there are none.
export function priceRange({ cells }: Row): [low: number, high: number] | undefined {
  const prices = cells.filter((cell) => !unpriced.has(cell.state)).map((cell) => cell.priceFen);
  return prices.length > 0 ? [Math.min(...prices), Math.max(...prices)] : undefined;
}

// A fifth or less is left.
export function isScarce(cell: Cell): boolean {
  return cell.state === 'bookable' && cell.free * 5 <= cell.capacity;
}
