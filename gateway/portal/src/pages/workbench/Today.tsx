// My bookings that are on today, and the next ones after.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useAmount } from '@/components/bookings/useAmount';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { Panel } from '@/components/Panel';
import { usePassDays } from '@/components/passes/usePassDays';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { clockRange, DAY, dayOf, instant, longDate, ms } from '@/lib/time';
import { useComing } from './useComing';

export function Today() {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { usedWith } = useAmount();
  const query = useComing();
  const today = dayOf(Date.now(), zone);
  const from = instant(today, 0, zone);
  const passDays = usePassDays(from, from + 2 * DAY, 60_000).filter(
    (one) => one.state === Booking_State.CONFIRMED,
  );
  const coming = [...(query.data?.bookings ?? []), ...passDays]
    .filter((one) => ms(one.endTime) > Date.now())
    .sort((a, b) => ms(a.startTime) - ms(b.startTime))
    .slice(0, 5);
  return (
    <Panel
      title={t('home.today')}
      className="today"
      extra={<Link to="/mine">{t('home.allBookings')}</Link>}
    >
      {query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : coming.length === 0 ? (
        <Empty why={t('home.todayNone')} action={<Link to="/parking">{t('mine.book')}</Link>} />
      ) : (
        <ul className="rows">
          {coming.map((one) => {
            const start = ms(one.startTime);
            const isToday = dayOf(start, zone) === today;
            return (
              <li key={one.name} className="today-item">
                <p className="today-when">
                  <strong>{clockRange(start, ms(one.endTime), zone)}</strong>
                  <span className={isToday ? 'tag tag-confirmed' : 'muted'}>
                    {isToday ? t('booking.today') : longDate(start, zone, i18n.language)}
                  </span>
                </p>
                <p>
                  {one.facilityDisplayName}
                  <span className="muted">
                    {' · '}
                    {usedWith(one)}
                  </span>
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
