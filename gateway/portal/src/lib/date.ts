// Calendar days: as the API has them, as the portal holds them (YYYY-MM-DD), and as people read them.
import type { Date as ApiDate } from '@/gen/google/type/date_pb';
import { longDay } from './time';

type Day = Pick<ApiDate, 'year' | 'month' | 'day'>;

// "2026-11-28"; "" for none.
export function isoDay(date: Day | undefined): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return date ? `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}` : '';
}

// The same the other way round; none for "" and for what is no day yet.
export function apiDate(day: string | undefined): Day | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  return year && month && date ? { year, month, day: date } : undefined;
}

// "Sat, Nov 28", with the year when it is not this one; "" for none.
export function dateText(date: Day | undefined, language: string): string {
  return longDay(isoDay(date), language);
}
