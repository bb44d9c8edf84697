// Several days, several cars in one go: all of them are booked, or none is.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { Facility_State } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import { addDays, DEFAULT_ZONE, dayOf, instant, isDay, stamp } from '@/lib/time';
import { GroupForm } from './GroupForm';
import './group.css';

// What can be booked together: a fortnight.
const DAYS = 13;

export default function GroupPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone: local } = useAlliance();
  const [params, setParams] = useSearchParams();
  const facilities = useQuery(FacilityService.method.listFacilities, {
    parent: alliance,
    pageSize: 1000,
  });
  const lent = (facilities.data?.facilities ?? []).filter(
    (one) => one.state !== Facility_State.RETIRED,
  );
  const facility = lent.find((one) => idOf(one.name) === params.get('facility'));
  const zone = facility?.timeZone || local || DEFAULT_ZONE;
  const today = dayOf(Date.now(), zone);
  const asked = (name: string, other: string) => {
    const day = params.get(name);
    return isDay(day) && day >= today ? day : other;
  };
  const first = asked('first', addDays(today, 1));
  const wanted = asked('last', addDays(first, 4));
  const last = [first, wanted, addDays(first, DAYS)].sort()[1] ?? first;
  const found = useQuery(
    BookingService.method.searchAvailability,
    {
      parent: alliance,
      facility: facility?.name,
      startTime: stamp(instant(first, 0, zone)),
      endTime: stamp(instant(addDays(last, 1), 0, zone)),
      bookableOnly: true,
    },
    { enabled: !!facility, refetchOnWindowFocus: false },
  );
  const set = (name: string, value: string) =>
    setParams(
      (now) => {
        now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const day = (name: string, value: string, min: string, max?: string) => (
    <div className="field">
      <label htmlFor={`group-${name}`}>{t(`lending.batch.${name}`)}</label>
      <input
        id={`group-${name}`}
        className="select"
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={(event) => set(name, event.target.value)}
        data-testid={`group-${name}`}
      />
    </div>
  );
  return (
    <>
      <PageHead
        title={t('lending.batch.title')}
        sub={t('lending.batch.sub')}
        back={{ to: '/parking', label: t('nav.parking') }}
      />
      <div className="panel form">
        <div className="form-grid">
          <div className="field form-wide">
            <label htmlFor="group-facility">{t('lending.batch.facility')}</label>
            <NativeSelect
              id="group-facility"
              value={facility ? idOf(facility.name) : ''}
              onChange={(event) => set('facility', event.target.value)}
              choices={[
                { value: '', label: t('lending.batch.choose') },
                ...lent.map((one) => ({ value: idOf(one.name), label: one.displayName })),
              ]}
              data-testid="group-facility"
            />
          </div>
          {day('first', first, today)}
          {day('last', last, first, addDays(first, DAYS))}
        </div>
        {!facility ? (
          <p className="muted">{t('lending.batch.noFacility')}</p>
        ) : found.isPending ? (
          <PageSkeleton lines={4} />
        ) : found.error ? (
          <Failure text={explain(found.error).text} retry={() => found.refetch()} />
        ) : !found.data.facilities[0]?.slots.length ? (
          <Empty why={t('lending.batch.none')} />
        ) : (
          <GroupForm
            key={`${facility.name} ${first} ${last}`}
            facility={facility}
            slots={found.data.facilities[0].slots}
            zone={zone}
          />
        )}
      </div>
    </>
  );
}
