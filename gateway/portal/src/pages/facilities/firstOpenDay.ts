import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { addDays, dayOf, instant, weekday } from '@/lib/time';

// The day that a reader who wants to book should see: the first from today on
// with a window that has not closed yet.
export function firstOpenDay(windows: readonly Window[], now: number, zone: string): string {
  const today = dayOf(now, zone);
  const days = windows.flatMap((window) => {
    const start = iso(window.startDate);
    const end = iso(window.endDate);
    const first = start > today ? start : today;
    // The API counts Monday as 1 and Sunday as 7.
    const week = Array.from({ length: 8 }, (_, i) => addDays(first, i));
    const open = week.find(
      (day) =>
        (!end || day <= end) &&
        (window.weekdays.length === 0 || window.weekdays.some((one) => one % 7 === weekday(day))) &&
        instant(day, window.closeMinute, zone) > now,
    );
    return open ?? [];
  });
  return days.sort()[0] ?? '';
}

function iso(date: Window['startDate']): string {
  if (!date) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
}
