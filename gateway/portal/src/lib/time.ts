// Times of day in a given zone. Everything is milliseconds since the epoch and
// an IANA zone; the browser's own zone never matters, as people may book from
// elsewhere. Offsets are cached: a day's grid asks for thousands of them.
import { type Timestamp, timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';

export const DEFAULT_ZONE = 'Asia/Shanghai';
export const MINUTE = 60_000;
export const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function formatIn(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

// What to add to UTC to get the wall clock of the zone.
function offset(ms: number, zone: string): number {
  const quarter = Math.floor(ms / (15 * MINUTE));
  const key = `${zone}|${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const at = quarter * 15 * MINUTE;
  const part: Record<string, number> = {};
  for (const { type, value } of formatIn(zone).formatToParts(at)) part[type] = Number(value);
  const wall = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
  );
  offsets.set(key, wall - at);
  return wall - at;
}

// The calendar day, YYYY-MM-DD.
export function dayOf(ms: number, zone: string): string {
  return new Date(ms + offset(ms, zone)).toISOString().slice(0, 10);
}

// The wall clock, HH:MM.
export function clock(ms: number, zone: string): string {
  return new Date(ms + offset(ms, zone)).toISOString().slice(11, 16);
}

// The instant of a wall clock minute of a day.
export function instant(day: string, minute: number, zone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE;
  const guess = wall - offset(wall, zone);
  return wall - offset(guess, zone);
}

// The instant of what an <input type="datetime-local"> holds.
export function fromLocalInput(value: string, zone: string): number {
  const [day = '', time = '0:0'] = value.split('T');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return instant(day, hour * 60 + minute, zone);
}

export function toLocalInput(ms: number, zone: string): string {
  return `${dayOf(ms, zone)}T${clock(ms, zone)}`;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function isDay(text: string | null): text is string {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // 31 February parses, as a day of March.
  return !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

// Sunday is 0.
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function ms(timestamp: Timestamp | undefined): number {
  return timestamp ? timestampMs(timestamp) : 0;
}

export const stamp = timestampFromMs;

// "Wednesday 25 November", with the year when it is not this one.
export function longDate(at: number, zone: string, language: string): string {
  const thisYear = dayOf(Date.now(), zone).slice(0, 4) === dayOf(at, zone).slice(0, 4);
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    year: thisYear ? undefined : 'numeric',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
}

// The same of a calendar day, YYYY-MM-DD; "" for none.
export function longDay(day: string, language: string): string {
  return day && longDate(instant(day, 720, DEFAULT_ZONE), DEFAULT_ZONE, language);
}

// "Wednesday 25 November 14:05".
export function dateTime(at: number, zone: string, language: string): string {
  return `${longDate(at, zone, language)} ${clock(at, zone)}`;
}

// An exclusive end of a term, to stand after "by" (English) or before "前": a midnight is the end of the
// day before, as people count, not the beginning of the day that is named by it.
export function deadline(at: number, zone: string, language: string): string {
  if (clock(at, zone) !== '00:00') return dateTime(at, zone, language);
  const day = longDate(at - MINUTE, zone, language);
  return language === 'en' ? `the end of ${day}` : `${day} 24:00`;
}

// How many days are left on `today` until the last day of a term; negative: so long it is over.
export function daysLeft(lastDay: string, today: string): number {
  return Math.round((Date.parse(lastDay) - Date.parse(today)) / DAY);
}

export function monthName(at: number, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: zone, month: 'short' }).format(at);
}

// "14:00–16:00"; an end on another day says so with "+1".
export function clockRange(start: number, end: number, zone: string): string {
  const days = Math.round(
    (Date.parse(dayOf(end - 1, zone)) - Date.parse(dayOf(start, zone))) / DAY,
  );
  const last = clock(end, zone);
  const shown = last === '00:00' ? '24:00' : last;
  return `${clock(start, zone)}–${shown}${days > 0 ? ` (+${days})` : ''}`;
}
