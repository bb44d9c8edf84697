import { DayKind, type Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { apiDate } from '@/lib/date';
import { minuteOf, type TermValues, termDefaults, toTerms } from './termValues';

// What the form of a new window holds: inputs give text. The names are those of
// the API, so that a violation finds its field.
export interface WindowValues extends TermValues {
  startDate: string;
  weekdays: number[];
  openMinute: string;
  closeMinute: string;
  slotMinutes: string;
  dayKind: number | string;
  // Days of every year, month and day: 06-01.
  seasonFirst?: string;
  seasonLast?: string;
  // How long before it opens a lottery closes; empty: who comes first books first.
  lotteryHours?: string;
}

export function windowDefaults(today: string): WindowValues {
  return {
    ...termDefaults,
    startDate: today,
    weekdays: [1, 2, 3, 4, 5],
    openMinute: '08:00',
    closeMinute: '18:00',
    slotMinutes: '60',
    dayKind: DayKind.UNSPECIFIED,
  };
}

export function toWindow(values: WindowValues) {
  const open = minuteOf(values.openMinute);
  const close = minuteOf(values.closeMinute);
  const first = yearless(values.seasonFirst);
  const last = yearless(values.seasonLast);
  const lotteryHours = Number(values.lotteryHours) || 0;
  return {
    ...toTerms(values, open),
    startDate: apiDate(values.startDate),
    endDate: apiDate(values.endDate),
    weekdays: values.weekdays ?? [],
    openMinute: open,
    // A closing at or before the opening is on the next day.
    closeMinute: close > open ? close : close + 1440,
    slotMinutes: Number(values.slotMinutes),
    dayKind: Number(values.dayKind),
    season: first || last ? { first, last } : undefined,
    lottery: lotteryHours ? { closeMinutes: lotteryHours * 60 } : undefined,
  };
}

function yearless(text: string | undefined) {
  const [month = 0, day = 0] = (text ?? '').split('-').map(Number);
  return month && day ? { year: 0, month, day } : undefined;
}

// What of a window can be changed: all but when it opens.
export function changesOf(values: TermValues, window: Window) {
  return { ...toTerms(values, window.openMinute), endDate: apiDate(values.endDate) };
}
