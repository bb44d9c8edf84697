// At the place itself, for whoever lends it: the code to show, a field for what a scanner reads,
// and the bookings of today, each checked in and out with one click.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { isLive } from '@/components/bookings/states';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterSelect } from '@/components/FilterSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import { DAY, dayOf, MINUTE, ms, stamp } from '@/lib/time';
import { Guest } from './Guest';
import { PlateCheck } from './PlateCheck';
import { Scan } from './Scan';
import { ShownCode } from './ShownCode';
import '@/components/bookings/bookings.css';

const expected = [Booking_State.CONFIRMED, Booking_State.CHECKED_IN];

export default function ReceptionPage() {
  const { t } = useTranslation();
  const { alliance, member } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  // A car may have been here since yesterday.
  const [from] = useState(() => Math.floor(Date.now() / MINUTE) * MINUTE - DAY);
  const places = useQuery(FacilityService.method.listFacilities, {
    parent: alliance,
    pageSize: 1000,
  });
  const own = (places.data?.facilities ?? []).filter((one) => !member || one.owner === member);
  const chosen = own.find((one) => idOf(one.name) === params.get('place')) ?? own[0];
  const query = useQuery(
    BookingService.method.listBookings,
    {
      parent: alliance,
      lent: true,
      endAfter: stamp(from),
      startBefore: stamp(from + 3 * DAY),
      pageSize: 500,
    },
    { refetchInterval: 10_000, enabled: !!chosen },
  );
  const today = dayOf(Date.now(), zone);
  const isHere = (one: Booking) =>
    !!chosen && one.window.startsWith(`${chosen.name}/`) && isLive(one);
  const guests = (query.data?.bookings ?? [])
    .filter((one) => isHere(one) && expected.includes(one.state))
    .filter(
      (one) => dayOf(ms(one.startTime), zone) === today || one.state === Booking_State.CHECKED_IN,
    )
    .sort((a, b) => ms(a.startTime) - ms(b.startTime));

  if (places.isPending) return <PageSkeleton lines={6} />;
  const error = places.error ?? query.error;
  return (
    <>
      <PageHead title={t('reception.title')} sub={t('reception.sub')} />
      {error ? (
        <Failure text={explain(error).text} retry={() => query.refetch()} />
      ) : !chosen ? (
        <div className="panel">
          <Empty
            why={t('reception.none')}
            action={<Link to="/facilities">{t('nav.facilities')}</Link>}
          />
        </div>
      ) : (
        <>
          <div className="filters">
            <FilterSelect
              label={t('reception.place')}
              param="place"
              options={own.map((one, i) => ({
                value: i === 0 ? '' : idOf(one.name),
                label: one.displayName,
              }))}
            />
          </div>
          <Panel title={t('reception.code')}>
            <ShownCode facility={chosen.name} />
            <Scan />
          </Panel>
          {chosen.kind === FacilityKind.PARKING && (
            <Panel title={t('passes.gate.title')}>
              <PlateCheck key={chosen.name} facility={chosen.name} zone={zone} />
            </Panel>
          )}
          <Panel title={t('reception.guests')}>
            {guests.length === 0 ? (
              <Empty
                why={t('reception.noGuests')}
                action={<Link to="/facilities">{t('nav.facilities')}</Link>}
              />
            ) : (
              <ul className="rows">
                {guests.map((booking) => (
                  <li key={booking.name}>
                    <Guest booking={booking} zone={zone} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </>
      )}
    </>
  );
}
