// My bookings: those to come, and those that were.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { BookingCard } from '@/components/BookingCard';
import { isLive } from '@/components/bookings/states';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Tabs } from '@/components/Tabs';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { DAY, MINUTE, ms, stamp } from '@/lib/time';
import { OwnRequests, useOwnRequests } from './OwnRequests';
import { Recalled } from './Recalled';

// An offer runs out, so it comes before everything.
const rank = (one: Booking) => (one.state === Booking_State.OFFERED ? 0 : 1);

export default function MinePage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const past = params.get('tab') === 'past';
  // Fixed while the page is open, else every render would ask anew.
  const [yesterday] = useState(() => stamp(Math.floor(Date.now() / MINUTE) * MINUTE - DAY));

  const query = useQuery(BookingService.method.listBookings, {
    parent: alliance,
    mine: true,
    pageToken: params.get('page') ?? '',
    ...(past ? {} : { endAfter: yesterday }),
  });
  const own = useOwnRequests(!past);
  // Both at once: what comes first would push the bookings down.
  const pending = query.isPending || own.isLoading;
  const listed = query.data?.bookings ?? [];
  // What comes first is shown first; what is over, latest first. What is used past its end is
  // still open.
  const bookings = past
    ? listed.filter((one) => !isLive(one))
    : listed.filter(isLive).sort((a, b) => rank(a) - rank(b) || ms(a.startTime) - ms(b.startTime));

  return (
    <>
      <PageHead title={t('mine.title')}>
        <Link to="/mine/settings" className="button-link" data-testid="settings">
          {t('mine.settings.title')}
        </Link>
      </PageHead>
      <Tabs
        label={t('mine.title')}
        tabs={[
          { to: '/mine', label: t('mine.upcoming'), current: !past },
          { to: '/mine?tab=past', label: t('mine.past'), current: past },
          { to: '/mine/passes', label: t('passes.title'), current: false },
        ]}
      />
      {!past && <Recalled zone={zone} />}
      {!pending && <OwnRequests requests={own.requests} zone={zone} />}
      {pending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <div className="panel">
          {bookings.length === 0 ? (
            <Empty
              why={t(past ? 'mine.pastEmpty' : 'mine.upcomingEmpty')}
              action={<Link to="/parking">{t('mine.book')}</Link>}
            />
          ) : (
            <>
              <h2 className="sr-only">{t(past ? 'mine.past' : 'mine.upcoming')}</h2>
              <ul className="rows">
                {bookings.map((booking) => (
                  <li key={booking.name}>
                    <BookingCard booking={booking} zone={zone} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
