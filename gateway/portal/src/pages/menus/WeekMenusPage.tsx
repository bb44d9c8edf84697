// The menus of a week, day by day, over all canteens; each day leads to its sittings.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { MenuDishes } from '@/components/menus/MenuDishes';
import { useMenus, windowOfMenu } from '@/components/menus/useMenus';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import type { Menu } from '@/gen/jinhuan/resource/v1/menu_pb';
import { facilityOfWindow, idOf } from '@/lib/names';
import { addDays, dayOf, instant, isDay, longDate } from '@/lib/time';

export default function WeekMenusPage() {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const asked = params.get('from');
  const first = isDay(asked) ? asked : dayOf(Date.now(), zone);
  const { menus, isPending, error, refetch } = useMenus(first, addDays(first, 6));
  const canteens = useQuery(FacilityService.method.listFacilities, {
    parent: alliance,
    kind: FacilityKind.CANTEEN,
    pageSize: 200,
  });
  const nameOf = (facility: string) =>
    canteens.data?.facilities.find((one) => one.name === facility)?.displayName ?? '';
  const days = Array.from({ length: 7 }, (_, i) => addDays(first, i))
    .map((day) => ({ day, served: menus.filter((one) => idOf(one.name) === day) }))
    .filter(({ served }) => served.length > 0);
  return (
    <>
      <PageHead title={t('menus.week')} back={{ to: '/canteen', label: t('nav.canteen') }}>
        <Link to={`?from=${addDays(first, -7)}`} className="button-link">
          {t('menus.weekBefore')}
        </Link>
        <Link to={`?from=${addDays(first, 7)}`} className="button-link" data-testid="week-next">
          {t('menus.weekAfter')}
        </Link>
      </PageHead>
      {isPending || canteens.isPending ? (
        <PageSkeleton lines={8} />
      ) : error ? (
        <Failure text={explain(error).text} retry={refetch} />
      ) : days.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('menus.weekNone')}
            action={<Link to="/canteen">{t('menus.toBook')}</Link>}
          />
        </div>
      ) : (
        days.map(({ day, served }) => (
          <Panel
            key={day}
            title={longDate(instant(day, 720, zone), zone, i18n.language)}
            extra={<Link to={`/canteen?day=${day}`}>{t('menus.toBook')}</Link>}
          >
            <div className="menu-cards">
              {served.map((menu) => (
                <Served
                  key={menu.name}
                  menu={menu}
                  name={nameOf(facilityOfWindow(windowOfMenu(menu.name)))}
                />
              ))}
            </div>
          </Panel>
        ))
      )}
    </>
  );
}

function Served({ menu, name }: { menu: Menu; name: string }) {
  const { t } = useTranslation();
  const window = windowOfMenu(menu.name);
  const windows = useQuery(FacilityService.method.listWindows, {
    parent: facilityOfWindow(window),
  });
  const sitting = windows.data?.windows.find((one) => one.name === window);
  return (
    <div className="menu-card">
      <h3>{[name, sitting?.displayName].filter(Boolean).join(' · ') || t('nav.canteen')}</h3>
      <MenuDishes menu={menu} />
    </div>
  );
}
