import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { HolidayTableSchema } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { apiDate } from '@/lib/date';
import { daysOf, tableOf, yearsOf } from './holidays';

const table = (days: [string, string][], worked: string[], years = [2026]) =>
  create(HolidayTableSchema, {
    years,
    holidays: days.map(([day, displayName]) => ({ date: apiDate(day), displayName })),
    workedWeekendDays: worked.flatMap((day) => apiDate(day) ?? []),
  });

describe('the holiday table', () => {
  it('joins the days of a festival, over a weekend that the table leaves out', () => {
    // 2026-05-02 and 03 are a weekend.
    const [year] = yearsOf(
      table(
        [
          ['2026-05-04', 'may'],
          ['2026-05-01', 'may'],
          ['2026-05-05', 'may'],
          ['2026-01-01', 'new'],
        ],
        ['2026-05-09'],
      ),
    );
    expect(year?.festivals).toEqual([
      { name: 'new', from: '2026-01-01', to: '2026-01-01' },
      { name: 'may', from: '2026-05-01', to: '2026-05-05' },
    ]);
    expect(year?.worked).toEqual(['2026-05-09']);
  });

  it('does not join over a day that is worked, or over working days', () => {
    const [year] = yearsOf(
      table(
        [
          ['2026-05-01', 'may'],
          ['2026-05-04', 'may'],
          ['2026-05-06', 'may'],
        ],
        ['2026-05-02'],
      ),
    );
    expect(year?.festivals.map((one) => one.from)).toEqual([
      '2026-05-01',
      '2026-05-04',
      '2026-05-06',
    ]);
  });

  it('is made of festivals day by day, over the end of a month', () => {
    const festival = { name: 'x', from: '2026-09-29', to: '2026-10-02' };
    expect(daysOf(festival)).toBe(4);
    const made = tableOf([{ year: 2026, festivals: [festival], worked: ['2026-10-10'] }]);
    expect(made.holidays.map((one) => one.date)).toEqual([
      { year: 2026, month: 9, day: 29 },
      { year: 2026, month: 9, day: 30 },
      { year: 2026, month: 10, day: 1 },
      { year: 2026, month: 10, day: 2 },
    ]);
    expect(yearsOf(create(HolidayTableSchema, made))).toEqual([
      { year: 2026, festivals: [festival], worked: ['2026-10-10'] },
    ]);
  });
});
