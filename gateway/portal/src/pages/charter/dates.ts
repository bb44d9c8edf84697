// Days of the API as the portal writes them, YYYY-MM-DD.
import type { Date as ApiDate } from '@/gen/google/type/date_pb';

const two = (n: number) => String(n).padStart(2, '0');

export function dayFrom(date: Pick<ApiDate, 'year' | 'month' | 'day'> | undefined): string {
  return date ? `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}` : '';
}

export function dateOf(day: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}
