import { describe, expect, it } from 'vitest';
import {
  addDays,
  clock,
  clockRange,
  dayOf,
  daysLeft,
  deadline,
  fromLocalInput,
  instant,
  longDay,
  weekday,
} from './time';

const shanghai = 'Asia/Shanghai';

describe('times in a zone', () => {
  it('has the midnight of the zone, not of the browser', () => {
    expect(new Date(instant('2026-11-23', 0, shanghai)).toISOString()).toBe(
      '2026-11-22T16:00:00.000Z',
    );
    expect(dayOf(Date.parse('2026-11-22T16:00:00Z'), shanghai)).toBe('2026-11-23');
    expect(clock(Date.parse('2026-11-23T01:30:00Z'), shanghai)).toBe('09:30');
  });

  it('follows daylight saving', () => {
    // The night of 29 March 2026 has 23 hours in Berlin.
    const night =
      instant('2026-03-30', 0, 'Europe/Berlin') - instant('2026-03-29', 0, 'Europe/Berlin');
    expect(night).toBe(23 * 3_600_000);
  });

  it('reads what an input holds', () => {
    expect(fromLocalInput('2026-11-23T14:05', shanghai)).toBe(Date.parse('2026-11-23T06:05:00Z'));
  });

  it('shows ranges to the end of the day and past it', () => {
    const at = (hour: number) => instant('2026-11-23', hour * 60, shanghai);
    expect(clockRange(at(9), at(10), shanghai)).toBe('09:00–10:00');
    expect(clockRange(at(18), at(24), shanghai)).toBe('18:00–24:00');
    expect(clockRange(at(18), at(32), shanghai)).toBe('18:00–08:00 (+1)');
  });

  it('shows a deadline at midnight as the end of the day before', () => {
    const at = (minute: number) => instant('2026-12-05', minute, shanghai);
    expect(deadline(at(0), shanghai, 'zh-CN')).toBe('12月4日周五 24:00');
    expect(deadline(at(0), shanghai, 'en')).toMatch(/^the end of Fri.* 4|^the end of Fri.*4$/);
    expect(deadline(at(17 * 60), shanghai, 'zh-CN')).toBe('12月5日周六 17:00');
  });

  it('counts the days that are left', () => {
    expect(daysLeft('2026-12-01', '2026-11-29')).toBe(2);
    expect(daysLeft('2026-11-29', '2026-11-29')).toBe(0);
    expect(daysLeft('2027-01-01', '2026-11-28')).toBe(34);
    expect(daysLeft('2026-11-20', '2026-11-29')).toBe(-9);
  });

  it('names a calendar day as people read it, and none for none', () => {
    expect(longDay('2024-02-29', 'zh-CN')).toBe('2024年2月29日周四');
    expect(longDay('2024-02-29', 'en')).toBe('Thu, Feb 29, 2024');
    expect(longDay('', 'en')).toBe('');
  });

  it('counts days over months', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
    expect(weekday('2026-11-23')).toBe(1);
  });
});
