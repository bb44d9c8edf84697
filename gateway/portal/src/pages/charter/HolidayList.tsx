// The days off and the weekend days worked of a year, in order.
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty } from '@/components/Empty';
import { FilterLinks } from '@/components/FilterLinks';
import { Panel } from '@/components/Panel';
import type { HolidayTable } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { weekday } from '@/lib/time';
import { daysOf, yearsOf } from './holidays';

export function HolidayList({ table, today }: { table: HolidayTable | undefined; today: string }) {
  const { t, i18n } = useTranslation();
  const [params] = useSearchParams();
  const years = yearsOf(table);
  const wanted = Number(params.get('year') ?? today.slice(0, 4));
  const shown = years.find((one) => one.year === wanted) ?? years.at(-1);
  const format = new Intl.DateTimeFormat(i18n.language, {
    timeZone: 'UTC',
    month: i18n.language === 'en' ? 'short' : 'long',
    day: 'numeric',
  });
  const name = (day: string) => `${format.format(Date.parse(day))} ${t(`weekday.${weekday(day)}`)}`;
  const rows = [
    ...(shown?.festivals ?? []).map((one) => ({ ...one, works: false })),
    ...(shown?.worked ?? []).map((day) => ({ name: '', from: day, to: day, works: true })),
  ].sort((a, b) => a.from.localeCompare(b.from));

  return (
    <Panel title={t('charter.section.holidays')}>
      {shown ? (
        <>
          <FilterLinks
            label={t('charter.yearLabel')}
            param="year"
            current={String(shown.year)}
            options={years.map(({ year }) => ({
              value: String(year),
              label: t('charter.year', { year }),
            }))}
          />
          <ul className="holidays">
            {rows.map((row) => (
              <li key={row.from} data-works={row.works} data-past={row.to < today}>
                <span className={row.works ? 'tag tag-applied' : 'tag tag-confirmed'}>
                  {t(row.works ? 'charter.holidays.on' : 'charter.holidays.off')}
                </span>
                <span className="holiday-days">
                  {row.from === row.to ? name(row.from) : `${name(row.from)} – ${name(row.to)}`}
                </span>
                <span>
                  {row.works ? (
                    <span className="muted">{t('charter.holidays.instead')}</span>
                  ) : (
                    <>
                      <b>{row.name}</b>{' '}
                      <span className="muted">
                        {t('charter.holidays.days', { n: daysOf(row) })}
                      </span>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <p className="muted">{t('charter.holidays.otherYears')}</p>
        </>
      ) : (
        <Empty why={t('charter.holidays.none')} />
      )}
    </Panel>
  );
}
