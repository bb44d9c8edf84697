// What a canteen serves, for who lends it: a day and a sitting at a time.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { menuName, useMenus } from '@/components/menus/useMenus';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { DayStrip } from '@/components/slots/DayStrip';
import { useAskedDay } from '@/components/slots/useAskedDay';
import { Tabs } from '@/components/Tabs';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import { addDays, DEFAULT_ZONE, dayOf, instant, stamp } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { MenuForm } from './MenuForm';

export default function MenuEditPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const name = `${alliance}/facilities/${id}`;
  const facility = useQuery(FacilityService.method.getFacility, { name });
  const back = { to: `/facilities/${id}`, label: facility.data?.displayName ?? '' };
  if (facility.isPending) return <PageSkeleton lines={8} />;
  if (!facility.data) return <Failure text={explain(facility.error).text} />;
  const may = isStreet || (isLiaison && facility.data.owner === member);
  if (!may) return <NotFoundPage />;
  return (
    <>
      <PageHead title={t('menus.edit')} back={back} />
      <Editor facility={name} zone={facility.data.timeZone || DEFAULT_ZONE} />
    </>
  );
}

function Editor({ facility, zone }: { facility: string; zone: string }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [params] = useSearchParams();
  const today = dayOf(Date.now(), zone);
  const day = useAskedDay(today);
  const windows = useQuery(FacilityService.method.listWindows, { parent: facility, pageSize: 200 });
  const open = useQuery(BookingService.method.searchAvailability, {
    parent: alliance,
    facility,
    startTime: stamp(instant(day, 0, zone)),
    endTime: stamp(instant(addDays(day, 1), 0, zone)),
  });
  // Last week's may be taken over.
  const { menus, isPending, error, refetch } = useMenus(addDays(day, -7), day, facility);
  const opens = new Set(open.data?.facilities[0]?.slots.map((slot) => slot.window));
  const sittings = (windows.data?.windows ?? []).filter((one) => opens.has(one.name));
  const chosen =
    sittings.find((one) => idOf(one.name) === params.get('window')) ?? sittings[0] ?? null;
  const link = (to: string, window?: string) =>
    `?${new URLSearchParams({ day: to, ...(window ? { window } : {}) })}`;
  return (
    <>
      <DayStrip today={today} day={day} to={(to) => link(to, chosen ? idOf(chosen.name) : '')} />
      {isPending || windows.isPending || open.isPending ? (
        <PageSkeleton lines={6} />
      ) : error ? (
        <Failure text={explain(error).text} retry={refetch} />
      ) : !chosen ? (
        <div className="panel">
          <Empty why={t('menus.closed')} />
        </div>
      ) : (
        <>
          <Tabs
            label={t('menus.sittings')}
            tabs={sittings.map((one) => ({
              to: link(day, idOf(one.name)),
              label: one.displayName || t('facilities.window'),
              current: one === chosen,
            }))}
          />
          <MenuForm
            key={`${chosen.name} ${day}`}
            name={menuName(chosen.name, day)}
            menu={menus.find((one) => one.name === menuName(chosen.name, day))}
            earlier={menus
              .filter((one) => one.name.startsWith(`${chosen.name}/`) && idOf(one.name) < day)
              .at(-1)}
          />
        </>
      )}
    </>
  );
}
