// What the canteens that are shown serve on a day.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MenuDishes } from '@/components/menus/MenuDishes';
import { useMenus } from '@/components/menus/useMenus';
import { Panel } from '@/components/Panel';
import type { Row } from '@/components/slots/model';
import type { Menu } from '@/gen/jinhuan/resource/v1/menu_pb';
import { clockRange } from '@/lib/time';

interface Props {
  day: string;
  rows: readonly Row[];
}

// The menus of a facility, each with the hours of its sitting.
export function menusOf(row: Row, menus: readonly Menu[]) {
  return menus.flatMap((menu) => {
    const cells = row.cells.filter(
      (cell) => menu.name.startsWith(`${cell.window}/`) && cell.window,
    );
    const first = cells[0];
    const last = cells.at(-1);
    if (!first || !last) return [];
    return [{ menu, hours: clockRange(first.start, last.end, row.zone) }];
  });
}

export function DayMenus({ day, rows }: Props) {
  const { t } = useTranslation();
  const { menus } = useMenus(day, day);
  const shown = rows
    .map((row) => ({ row, served: menusOf(row, menus) }))
    .filter(({ served }) => served.length > 0);
  return (
    <Panel
      title={t('menus.day')}
      extra={
        <Link to={`/canteen/menus?from=${day}`} data-testid="week-menus">
          {t('menus.weekLink')}
        </Link>
      }
    >
      {shown.length === 0 && <p className="muted">{t('menus.none')}</p>}
      <div className="menu-cards">
        {shown.map(({ row, served }) => (
          <div key={row.facility.name} className="menu-card">
            <h3>{row.facility.displayName}</h3>
            {served.map(({ menu, hours }) => (
              <div key={menu.name}>
                <p>
                  <b>{hours}</b>
                </p>
                <MenuDishes menu={menu} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </Panel>
  );
}
