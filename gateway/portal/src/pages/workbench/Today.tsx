// My bookings that are on today, and the next ones after.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { showPlate } from '@/lib/plate';
import { clockRange, dayOf, longDate, ms, stamp } from '@/lib/time';

export function Today() {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [now] = useState(() => stamp(Math.floor(Date.now() / 60_000) * 60_000));
  const query = useQuery(BookingService.method.listBookings, {
    parent: alliance,
    mine: true,
    state: Booking_State.CONFIRMED,
    endAfter: now,
    pageSize: 200,
  });
  const today = dayOf(Date.now(), zone);
  const coming = [...(query.data?.bookings ?? [])].reverse().slice(0, 5);
  return (
    <Panel
      title={t('home.today')}
      className="today"
      extra={<Link to="/mine">{t('home.allBookings')}</Link>}
    >
      {query.isPending ? (
        <PageSkeleton lines={3} />
      ) : query.error ? (
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
                    {one.plate ? showPlate(one.plate) : t('booking.portions', { n: one.quantity })}
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
