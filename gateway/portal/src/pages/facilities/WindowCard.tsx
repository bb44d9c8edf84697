import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DayKind, type Window, Window_State } from '@/gen/jinhuan/resource/v1/facility_pb';
import { dateText } from '@/lib/date';
import { yuan } from '@/lib/money';

function hhmm(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

function season({ season: one }: Window) {
  const day = (date: { month: number; day: number } | undefined) =>
    date ? `${date.month}-${date.day}` : '';
  return { first: day(one?.first), last: day(one?.last) };
}

// When a facility is open, to how many, at what price.
export function WindowCard({ window, children }: { window: Window; children?: ReactNode }) {
  const { t, i18n } = useTranslation();
  const date = (day: Window['startDate']) => dateText(day, i18n.language);
  const days =
    window.weekdays.length === 0 || window.weekdays.length === 7
      ? t('facilities.everyDay')
      : // The API counts Monday as 1 and Sunday as 7.
        window.weekdays.map((one) => t(`weekday.${one % 7}`)).join(t('list.comma'));
  const close =
    window.closeMinute > 1440
      ? t('facilities.nextDay', { time: hhmm(window.closeMinute) })
      : window.closeMinute === 1440
        ? '24:00'
        : hhmm(window.closeMinute);
  return (
    <div className="window-card" data-testid="window">
      <h3>
        {window.displayName || t('facilities.window')}{' '}
        {window.state === Window_State.ENDED && (
          <span className="tag tag-over">{t('facilities.ended')}</span>
        )}
      </h3>
      <p>
        <b>{`${hhmm(window.openMinute)}–${close}`}</b> {days}
      </p>
      <p className="muted">
        {[
          t('facilities.slotOf', { n: window.slotMinutes }),
          t('facilities.places', { count: window.capacity }),
          window.priceFen > 0n
            ? t('facilities.perSlot', { price: yuan(window.priceFen) })
            : t('booking.free'),
          window.passes &&
            t('passes.perDay', {
              price:
                window.passes.dayPriceFen > 0n
                  ? yuan(window.passes.dayPriceFen)
                  : t('booking.free'),
            }),
          window.endDate
            ? `${date(window.startDate)} – ${date(window.endDate)}`
            : t('facilities.since', { date: date(window.startDate) }),
          window.dayKind !== DayKind.UNSPECIFIED &&
            t(`facilities.dayKind.${DayKind[window.dayKind]}`),
          window.season && t('facilities.seasonOf', season(window)),
          window.lottery &&
            t('lottery.window.closes', {
              count: Number((window.lottery.closeMinutes / 60).toFixed(1)),
            }),
          ...window.discounts.map((one) =>
            t('facilities.discountOf', {
              hours: `${hhmm(one.fromMinute)}–${hhmm(one.toMinute)}`,
              price: yuan(one.priceFen),
            }),
          ),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {children}
    </div>
  );
}
