import { expect, it } from 'vitest';
import { apiDate, dateText, isoDay } from './date';

it('is the same day there and back', () => {
  for (const day of ['2024-02-29', '0999-01-01', '9999-12-31']) {
    expect(isoDay(apiDate(day))).toBe(day);
  }
});

it('none is none', () => {
  expect(isoDay(undefined)).toBe('');
  expect(dateText(undefined, 'en')).toBe('');
  for (const none of [undefined, '', '2024-02', 'soon']) expect(apiDate(none)).toBeUndefined();
});

it('reads as people write it', () => {
  expect(dateText({ year: 2024, month: 2, day: 29 }, 'zh-CN')).toBe('2024年2月29日周四');
});
