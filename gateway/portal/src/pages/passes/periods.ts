// The periods that a pass is usually asked for, as days.
import { addDays } from '@/lib/time';

export type Period = 'next' | 'rest' | 'own';

export interface Days {
  first: string;
  last: string;
}

function monthAfter(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${next[0]}-${String(next[1]).padStart(2, '0')}-01`;
}

// The next calendar month, and what is left of this one.
export function periods(today: string): { next: Days; rest: Days } {
  const first = monthAfter(today);
  return {
    next: { first, last: addDays(monthAfter(first), -1) },
    rest: { first: today, last: addDays(first, -1) },
  };
}
