import { create } from '@bufbuild/protobuf';
import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import {
  EvaluationGroup,
  EvaluationRowSchema,
  Measure,
  RateSchema,
} from '@/gen/jinhuan/meeting/v1/evaluation_pb';
import { daysOf, nameOf, resultOf } from './evaluation';

const rate = (measure: Measure, numerator: bigint, denominator: bigint) =>
  create(RateSchema, { measure, numerator, denominator });

describe('the evaluation page', () => {
  it('knows the days of its periods, across the turn of a year', () => {
    expect(daysOf('', '2028-02-29')).toEqual(['2028-01-01', '2028-12-31']);
    expect(daysOf('last-year', '2028-02-29')).toEqual(['2027-01-01', '2027-12-31']);
    expect(daysOf('quarter', '2028-02-29')).toEqual(['2028-01-01', '2028-03-31']);
    expect(daysOf('last-quarter', '2028-02-29')).toEqual(['2027-10-01', '2027-12-31']);
    expect(daysOf('month', '2028-02-29')).toEqual(['2028-02-01', '2028-02-29']);
    expect(daysOf('quarter', '2026-12-01')).toEqual(['2026-10-01', '2026-12-31']);
  });

  it('says percent to the tenth, hours of what is a time, and nothing of nothing', () => {
    expect(resultOf(rate(Measure.REQUEST_RESOLUTION, 2n, 3n))).toBe(66.7);
    expect(resultOf(rate(Measure.TIME_TO_MATCH, 5400n, 2n))).toBe(0.8);
    expect(resultOf(rate(Measure.NEED_MET, 0n, 0n))).toBeUndefined();
  });

  it('names what a row is of', () => {
    const t = ((key: string, values?: object) =>
      values ? `${key} ${JSON.stringify(values)}` : key) as unknown as TFunction;
    const first = { year: 2027, month: 10, day: 1 };
    const row = create(EvaluationRowSchema, { key: { case: 'firstDay', value: first } });
    expect(nameOf(t, row, EvaluationGroup.MONTH)).toBe('2027-10');
    expect(nameOf(t, row, EvaluationGroup.QUARTER)).toBe(
      'reports.evaluation.quarterName {"year":2027,"n":4}',
    );
    const unit = create(EvaluationRowSchema, {
      key: { case: 'member', value: 'alliances/a/members/m' },
      memberDisplayName: '某单位',
    });
    expect(nameOf(t, unit, EvaluationGroup.UNIT)).toBe('某单位');
  });
});
