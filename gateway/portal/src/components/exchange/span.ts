import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { TFunction } from 'i18next';
import { clockRange, dateTime, dayOf, longDate, ms } from '@/lib/time';

interface Timed {
  startTime?: Timestamp | undefined;
  endTime?: Timestamp | undefined;
}

// When, in words, with either end open; '' when both are.
export function span(t: TFunction, timed: Timed, zone: string, language: string): string {
  const { startTime, endTime } = timed;
  const at = (time: Timestamp) => dateTime(ms(time), zone, language);
  if (startTime && endTime && dayOf(ms(startTime), zone) === dayOf(ms(endTime) - 1, zone)) {
    const hours = clockRange(ms(startTime), ms(endTime), zone);
    return `${longDate(ms(startTime), zone, language)} ${hours}`;
  }
  if (startTime && endTime) return `${at(startTime)} – ${at(endTime)}`;
  if (startTime) return t('exchange.from', { time: at(startTime) });
  if (endTime) return t('exchange.until', { time: at(endTime) });
  return '';
}
