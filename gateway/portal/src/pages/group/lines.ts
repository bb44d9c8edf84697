// What a group booking is made of: a line for each day and plate.
import {
  type SlotAvailability,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { dayOf, instant, MINUTE, ms } from '@/lib/time';

// The most that one call books.
export const MOST = 50;

// From where to where on the clock, in minutes after midnight of the day it begins.
export interface Hours {
  from: number;
  to: number;
}

export interface Line {
  window: string;
  start: number;
  end: number;
  plate: string;
}

const minuteOf = (at: number, day: string, zone: string) => (at - instant(day, 0, zone)) / MINUTE;

// When one may begin, and, from there on, end: what some day has, in order.
export function startsOf(slots: readonly SlotAvailability[], zone: string): number[] {
  const starts = slots
    .filter((slot) => slot.state === SlotAvailability_State.BOOKABLE)
    .map((slot) => minuteOf(ms(slot.startTime), dayOf(ms(slot.startTime), zone), zone));
  return [...new Set(starts)].sort((a, b) => a - b);
}

export function endsOf(slots: readonly SlotAvailability[], from: number, zone: string): number[] {
  const ends = new Set<number>();
  for (const day of daysOf(slots, zone)) {
    for (const slot of runFrom(slots, day, from, zone)) {
      ends.add(minuteOf(ms(slot.endTime), day, zone));
    }
  }
  return [...ends].sort((a, b) => a - b);
}

function daysOf(slots: readonly SlotAvailability[], zone: string): string[] {
  return [...new Set(slots.map((slot) => dayOf(ms(slot.startTime), zone)))].sort();
}

// The slots from a minute of a day on that can be booked as one.
function runFrom(slots: readonly SlotAvailability[], day: string, from: number, zone: string) {
  const run: SlotAvailability[] = [];
  let next = instant(day, from, zone);
  for (const slot of slots) {
    if (ms(slot.startTime) !== next || slot.state !== SlotAvailability_State.BOOKABLE) continue;
    if (run[0] && run[0].window !== slot.window) break;
    run.push(slot);
    next = ms(slot.endTime);
  }
  return run;
}

// Of each day that has these hours, a line for each plate; without plates one. `slots` are
// those of one facility, by time.
export function linesOf(
  slots: readonly SlotAvailability[],
  hours: Hours,
  plates: readonly string[],
  zone: string,
): Line[] {
  return daysOf(slots, zone).flatMap((day) => {
    const end = instant(day, hours.to, zone);
    const run = runFrom(slots, day, hours.from, zone);
    const window = run[0]?.window;
    if (window === undefined || !run.some((slot) => ms(slot.endTime) === end)) return [];
    const start = instant(day, hours.from, zone);
    return plates.map((plate) => ({ window, start, end, plate }));
  });
}

// 1560 is 02:00 on the day after.
export function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const shown = `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
  if (minute === 1440) return '24:00';
  return minute > 1440 ? `${shown} (+1)` : shown;
}
