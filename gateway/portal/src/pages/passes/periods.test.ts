import { expect, test } from 'vitest';
import { periods } from './periods';

test('a pass is asked for by the month', () => {
  expect(periods('2026-11-28')).toEqual({
    next: { first: '2026-12-01', last: '2026-12-31' },
    rest: { first: '2026-11-28', last: '2026-11-30' },
  });
});

test('over the turn of the year, and in a leap February', () => {
  expect(periods('2027-12-31').next).toEqual({ first: '2028-01-01', last: '2028-01-31' });
  expect(periods('2028-01-15').next).toEqual({ first: '2028-02-01', last: '2028-02-29' });
  expect(periods('2027-12-31').rest).toEqual({ first: '2027-12-31', last: '2027-12-31' });
});
