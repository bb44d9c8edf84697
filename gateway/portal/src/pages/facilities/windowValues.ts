import { QuotaPeriod, QuotaSubject } from '@/gen/jinhuan/resource/v1/facility_pb';

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
  };
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function dateOf(text: string | undefined) {
  if (!text) return undefined;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

export function toWindow(values: WindowValues) {
  const open = minuteOf(values.openMinute);
  const close = minuteOf(values.closeMinute);
  const perPerson = Number(values.perPerson) || 0;
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
  };
}
