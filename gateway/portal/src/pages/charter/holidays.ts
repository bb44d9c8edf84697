// The holiday table as people know it: festivals from a day to a day, and the
// weekend days that are worked in exchange.
import type { HolidayTable } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { apiDate, isoDay } from '@/lib/date';
import { addDays, weekday } from '@/lib/time';

export interface Festival {
  name: string;
  from: string;
  to: string;
}

export interface HolidayYear {
  year: number;
  festivals: Festival[];
  worked: string[];
}

export const isWeekend = (day: string) => weekday(day) % 6 === 0;

// How many days a festival lasts.
export const daysOf = ({ from, to }: Festival) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

// Whether only days off lie between two days: a table may leave the weekends
// within a festival out.
function joined(from: string, to: string, worked: ReadonlySet<string>): boolean {
  let day = addDays(from, 1);
  for (; day < to && isWeekend(day) && !worked.has(day); day = addDays(day, 1));
  return day >= to;
}

export function yearsOf(table: HolidayTable | undefined): HolidayYear[] {
  const worked = (table?.workedWeekendDays ?? []).map(isoDay).sort();
  const workedSet = new Set(worked);
  const days = (table?.holidays ?? [])
    .map(({ date, displayName }) => ({ day: isoDay(date), name: displayName }))
    .sort((a, b) => a.day.localeCompare(b.day));
  return [...(table?.years ?? [])]
    .sort((a, b) => a - b)
    .map((year) => {
      const inYear = (day: string) => Number(day.slice(0, 4)) === year;
      const festivals: Festival[] = [];
      for (const { day, name } of days.filter((one) => inYear(one.day))) {
        const last = festivals.at(-1);
        if (last?.name === name && joined(last.to, day, workedSet)) last.to = day;
        else festivals.push({ name, from: day, to: day });
      }
      return { year, festivals, worked: worked.filter(inYear) };
    });
}

// The table that the years make. What is not a whole festival or day is left out.
export function tableOf(years: readonly HolidayYear[]) {
  const holidays = years.flatMap(({ festivals }) =>
    festivals.flatMap((festival) => {
      const days = Math.min(daysOf(festival), 60);
      return Array.from({ length: Math.max(0, days) }, (_, i) => ({
        date: apiDate(addDays(festival.from, i)),
        displayName: festival.name.trim(),
      }));
    }),
  );
  return {
    years: years.map(({ year }) => year).sort((a, b) => a - b),
    holidays: holidays.sort((a, b) => isoDay(a.date).localeCompare(isoDay(b.date))),
    workedWeekendDays: years
      .flatMap(({ worked }) => worked)
      .sort()
      .flatMap((day) => apiDate(day) ?? []),
  };
}
