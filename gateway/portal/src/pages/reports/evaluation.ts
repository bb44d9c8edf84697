// What the evaluation page makes of the counts.
import type { TFunction } from 'i18next';
import {
  EvaluationGroup,
  type EvaluationRow,
  Measure,
  type Rate,
} from '@/gen/jinhuan/meeting/v1/evaluation_pb';

export const groupIn: Record<string, EvaluationGroup> = {
  '': EvaluationGroup.UNIT,
  category: EvaluationGroup.REQUEST_CATEGORY,
  type: EvaluationGroup.REQUEST_TYPE,
  origin: EvaluationGroup.PROJECT_ORIGIN,
  month: EvaluationGroup.MONTH,
  quarter: EvaluationGroup.QUARTER,
};

export const PERIODS = ['', 'last-year', 'quarter', 'last-quarter', 'month'] as const;

// The first and the last day of a period, for someone whose today is `today`.
export function daysOf(period: string, today: string): [string, string] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const quarter = month - ((month - 1) % 3);
  // Months count from 1; the day 0 is the last of the month before.
  const day = (inYear: number, inMonth: number, date: number) =>
    new Date(Date.UTC(inYear, inMonth - 1, date)).toISOString().slice(0, 10);
  switch (period) {
    case 'last-year':
      return [day(year - 1, 1, 1), day(year, 1, 0)];
    case 'quarter':
      return [day(year, quarter, 1), day(year, quarter + 3, 0)];
    case 'last-quarter':
      return [day(year, quarter - 3, 1), day(year, quarter, 0)];
    case 'month':
      return [day(year, month, 1), day(year, month + 1, 0)];
    default:
      return [day(year, 1, 1), day(year + 1, 1, 0)];
  }
}

// What a rate comes to, to the tenth: percent, of TIME_TO_MATCH hours. Nothing where there was
// nothing to measure.
export function resultOf({ measure, numerator, denominator }: Rate): number | undefined {
  if (denominator === 0n) return undefined;
  const quotient = Number(numerator) / Number(denominator);
  return Math.round(measure === Measure.TIME_TO_MATCH ? quotient / 360 : quotient * 1000) / 10;
}

export function resultText(t: TFunction, rate: Rate): string {
  const n = resultOf(rate);
  if (n === undefined) return '–';
  return rate.measure === Measure.TIME_TO_MATCH ? t('reports.hours', { count: n }) : `${n}%`;
}

// What a row is called.
export function nameOf(t: TFunction, { key, memberDisplayName }: EvaluationRow, group: number) {
  switch (key.case) {
    case 'requestCategory':
      return t(`requests.category.${key.value}`);
    case 'requestType':
      return t(`requests.type.${key.value}`);
    case 'projectOrigin':
      return t(`reports.evaluation.origin.${key.value}`);
    case 'firstDay': {
      const { year, month } = key.value;
      return group === EvaluationGroup.QUARTER
        ? t('reports.evaluation.quarterName', { year, n: Math.ceil(month / 3) })
        : `${year}-${String(month).padStart(2, '0')}`;
    }
    default:
      return memberDisplayName;
  }
}
