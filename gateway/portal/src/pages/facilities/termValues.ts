// On which terms a window can be booked, as the forms of a new and of an open window hold it.
import {
  type Discount,
  type Quota,
  QuotaPeriod,
  QuotaSubject,
  type Window,
} from '@/gen/jinhuan/resource/v1/facility_pb';

export interface DiscountValues {
  from?: string;
  to?: string;
  price?: string;
}

export interface TermValues {
  displayName: string;
  endDate?: string;
  capacity: string;
  // 'some' shows the three lists that follow; whoever is on one of them is let in.
  audience: 'all' | 'some';
  audienceTiers: number[];
  audienceSectors: number[];
  audienceMembers: string[];
  priceFen: string;
  discounts: DiscountValues[];
  horizonDays: string;
  cutoffMinutes: string;
  cancelMinutes: string;
  // By subject and period: quotaKey. Empty: no limit.
  quotas: Record<string, string>;
  graceMinutes: string;
  approvalRequired: boolean;
  approvalMinutes: string;
}

export const quotaSubjects = [QuotaSubject.PERSON, QuotaSubject.UNIT] as const;
export const quotaPeriods = [QuotaPeriod.DAY, QuotaPeriod.WEEK, QuotaPeriod.MONTH] as const;

export function quotaKey(subject: QuotaSubject, period: QuotaPeriod): string {
  return `${QuotaSubject[subject]}_${QuotaPeriod[period]}`;
}

export const termDefaults: TermValues = {
  displayName: '',
  endDate: '',
  capacity: '',
  audience: 'all',
  audienceTiers: [],
  audienceSectors: [],
  audienceMembers: [],
  priceFen: '0',
  discounts: [],
  horizonDays: '14',
  cutoffMinutes: '0',
  cancelMinutes: '0',
  quotas: {},
  graceMinutes: '0',
  approvalRequired: false,
  approvalMinutes: '',
};

// What an update changes: all of it.
export const TERM_PATHS = [
  'display_name',
  'end_date',
  'capacity',
  'audience_tiers',
  'audience_sectors',
  'audience_members',
  'price_fen',
  'discounts',
  'horizon_days',
  'cutoff_minutes',
  'cancel_minutes',
  'quotas',
  'grace_minutes',
  'approval_required',
  'approval_minutes',
];

export function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

const two = (n: number) => String(n).padStart(2, '0');

function timeOf(minute: number): string {
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

function fenOf(yuan: string | undefined): bigint {
  return BigInt(Math.round(Number(yuan) * 100) || 0);
}

// Hours before the opening belong to the day after it. A line without both ends says nothing.
function discountsOf(lines: readonly DiscountValues[] | undefined, open: number) {
  return (lines ?? []).flatMap(({ from, to, price }) => {
    if (!from || !to) return [];
    const [first, last] = [minuteOf(from), minuteOf(to)];
    return [
      {
        fromMinute: first < open ? first + 1440 : first,
        toMinute: last <= open ? last + 1440 : last,
        priceFen: fenOf(price),
      },
    ];
  });
}

function quotasOf(limits: Record<string, string> | undefined) {
  return quotaSubjects.flatMap((subject) =>
    quotaPeriods.flatMap((period) => {
      const limit = Number(limits?.[quotaKey(subject, period)]) || 0;
      return limit ? [{ subject, period, limit }] : [];
    }),
  );
}

// `open` is when the window opens, in minutes.
export function toTerms(values: TermValues, open: number) {
  const some = values.audience === 'some';
  return {
    displayName: values.displayName?.trim() ?? '',
    capacity: Number(values.capacity) || 0,
    audienceTiers: some ? (values.audienceTiers ?? []) : [],
    audienceSectors: some ? (values.audienceSectors ?? []) : [],
    audienceMembers: some ? (values.audienceMembers ?? []) : [],
    priceFen: fenOf(values.priceFen),
    discounts: discountsOf(values.discounts, open),
    horizonDays: Number(values.horizonDays) || 0,
    cutoffMinutes: Number(values.cutoffMinutes) || 0,
    cancelMinutes: Number(values.cancelMinutes) || 0,
    quotas: quotasOf(values.quotas),
    graceMinutes: Number(values.graceMinutes) || 0,
    approvalRequired: values.approvalRequired ?? false,
    approvalMinutes: Number(values.approvalMinutes) || 0,
  };
}

const limitOf = (one: Quota) => [quotaKey(one.subject, one.period), String(one.limit)];
const lineOf = (one: Discount): DiscountValues => ({
  from: timeOf(one.fromMinute),
  to: timeOf(one.toMinute),
  price: String(Number(one.priceFen) / 100),
});

export function termValuesOf(window: Window): TermValues {
  const { endDate: end, audienceTiers, audienceSectors, audienceMembers } = window;
  const some = audienceTiers.length + audienceSectors.length + audienceMembers.length > 0;
  return {
    displayName: window.displayName,
    endDate: end ? `${end.year}-${two(end.month)}-${two(end.day)}` : '',
    capacity: String(window.capacity),
    audience: some ? 'some' : 'all',
    audienceTiers,
    audienceSectors,
    audienceMembers,
    priceFen: String(Number(window.priceFen) / 100),
    discounts: window.discounts.map(lineOf),
    horizonDays: String(window.horizonDays),
    cutoffMinutes: String(window.cutoffMinutes),
    cancelMinutes: String(window.cancelMinutes),
    quotas: Object.fromEntries(window.quotas.map(limitOf)),
    graceMinutes: String(window.graceMinutes),
    approvalRequired: window.approvalRequired,
    approvalMinutes: window.approvalMinutes ? String(window.approvalMinutes) : '',
  };
}
