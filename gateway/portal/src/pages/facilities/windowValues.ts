import {
  DayKind,
  QuotaPeriod,
  QuotaSubject,
  type Window,
} from '@/gen/jinhuan/resource/v1/facility_pb';

// What the form of a window holds: inputs give text. The names are those of
// the API, so that a violation finds its field.
export interface WindowValues {
  displayName: string;
  startDate: string;
  endDate?: string;
  weekdays: number[];
  openMinute: string;
  closeMinute: string;
  slotMinutes: string;
  capacity: string;
  priceFen: string;
  horizonDays: string;
  cutoffMinutes: string;
  cancelMinutes: string;
  perPerson?: string;
  dayKind: number | string;
  // Days of every year, month and day: 06-01.
  seasonFirst?: string;
  seasonLast?: string;
  discountFrom?: string;
  discountTo?: string;
  discountPrice?: string;
  // How long before it opens a lottery closes; empty: who comes first books first.
  lotteryHours?: string;
}

export function windowDefaults(today: string): WindowValues {
  return {
    displayName: '',
    startDate: today,
    endDate: '',
    weekdays: [1, 2, 3, 4, 5],
    openMinute: '08:00',
    closeMinute: '18:00',
    slotMinutes: '60',
    capacity: '',
    priceFen: '0',
    horizonDays: '14',
    cutoffMinutes: '0',
    cancelMinutes: '0',
    perPerson: '',
    dayKind: DayKind.UNSPECIFIED,
  };
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

export function dateOf(text: string | undefined) {
  if (!text) return undefined;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

export function toWindow(values: WindowValues) {
  const open = minuteOf(values.openMinute);
  const close = minuteOf(values.closeMinute);
  const perPerson = Number(values.perPerson) || 0;
  const first = yearless(values.seasonFirst);
  const last = yearless(values.seasonLast);
  const from = values.discountFrom ? minuteOf(values.discountFrom) : -1;
  const to = values.discountTo ? minuteOf(values.discountTo) : -1;
  const lotteryHours = Number(values.lotteryHours) || 0;
  return {
    displayName: values.displayName?.trim() ?? '',
    startDate: dateOf(values.startDate),
    endDate: dateOf(values.endDate),
    weekdays: values.weekdays ?? [],
    openMinute: open,
    // A closing at or before the opening is on the next day.
    closeMinute: close > open ? close : close + 1440,
    slotMinutes: Number(values.slotMinutes),
    capacity: Number(values.capacity),
    priceFen: BigInt(Math.round(Number(values.priceFen) * 100) || 0),
    horizonDays: Number(values.horizonDays) || 0,
    cutoffMinutes: Number(values.cutoffMinutes) || 0,
    cancelMinutes: Number(values.cancelMinutes) || 0,
    quotas: perPerson
      ? [{ subject: QuotaSubject.PERSON, period: QuotaPeriod.DAY, limit: perPerson }]
      : [],
    dayKind: Number(values.dayKind),
    season: first || last ? { first, last } : undefined,
    discounts:
      from >= 0 && to >= 0
        ? [
            {
              // Hours before the opening belong to the day after it.
              fromMinute: from < open ? from + 1440 : from,
              toMinute: to <= open ? to + 1440 : to,
              priceFen: BigInt(Math.round(Number(values.discountPrice) * 100) || 0),
            },
          ]
        : [],
    lottery: lotteryHours ? { closeMinutes: lotteryHours * 60 } : undefined,
  };
}

function yearless(text: string | undefined) {
  const [month = 0, day = 0] = (text ?? '').split('-').map(Number);
  return month && day ? { year: 0, month, day } : undefined;
}

// What of a window can be changed, as the form of it holds it.
export interface EditValues {
  displayName: string;
  endDate: string;
  capacity: string;
  priceFen: string;
  horizonDays: string;
  cutoffMinutes: string;
  cancelMinutes: string;
}

export function editValuesOf(window: Window): EditValues {
  const two = (n: number) => String(n).padStart(2, '0');
  const end = window.endDate;
  return {
    displayName: window.displayName,
    endDate: end ? `${end.year}-${two(end.month)}-${two(end.day)}` : '',
    capacity: String(window.capacity),
    priceFen: String(Number(window.priceFen) / 100),
    horizonDays: String(window.horizonDays),
    cutoffMinutes: String(window.cutoffMinutes),
    cancelMinutes: String(window.cancelMinutes),
  };
}

export function changesOf(values: EditValues) {
  return {
    displayName: values.displayName?.trim() ?? '',
    endDate: dateOf(values.endDate),
    capacity: Number(values.capacity) || 0,
    priceFen: BigInt(Math.round(Number(values.priceFen) * 100) || 0),
    horizonDays: Number(values.horizonDays) || 0,
    cutoffMinutes: Number(values.cutoffMinutes) || 0,
    cancelMinutes: Number(values.cancelMinutes) || 0,
  };
}
