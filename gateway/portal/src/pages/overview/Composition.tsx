// How many active members each sector has: a chart, with the table behind it.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { Panel } from '@/components/Panel';
import { Seen } from '@/components/Seen';
import { sectorIn } from '@/lib/enums';

const BarChart = lazy(() => import('@/components/BarChart'));

export function Composition() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { alliance } = useAlliance();
  const [asTable, setAsTable] = useState(false);
  const entries = Object.entries(sectorIn);
  const counted = alliance?.sectorCounts;
  const bars = useMemo(
    () =>
      Object.values(sectorIn).map((sector) => ({
        label: t(`members.sector.${sector}`),
        value: counted?.find((one) => one.sector === sector)?.count ?? 0,
      })),
    [counted, t],
  );
  const sum = bars.reduce((all, bar) => all + bar.value, 0);

  return (
    <Panel
      title={t('home.composition')}
      extra={
        <button
          type="button"
          className="link"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          data-testid="composition-table"
        >
          {t(asTable ? 'action.chart' : 'action.table')}
        </button>
      }
    >
      <div className="chart-box">
        {asTable ? (
          <table className="table">
            <caption className="sr-only">{t('home.composition')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('members.sectorLabel')}</th>
                <th scope="col" className="num">
                  {t('members.units')}
                </th>
                <th scope="col" className="num">
                  {t('members.share')}
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map(([slug, sector], i) => (
                <tr key={slug}>
                  <th scope="row">
                    <Link to={`/members?state=active&sector=${slug}`}>
                      {t(`members.sector.${sector}`)}
                    </Link>
                  </th>
                  <td className="num">{bars[i]?.value}</td>
                  <td className="num">
                    {sum ? `${Math.round(((bars[i]?.value ?? 0) / sum) * 100)}%` : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Seen>
            <Suspense fallback={null}>
              {counted && (
                <BarChart
                  bars={bars}
                  label={t('home.compositionSaid', {
                    list: bars.map((bar) => `${bar.label} ${bar.value}`).join(', '),
                  })}
                  onPick={(i) => navigate(`/members?state=active&sector=${entries[i]?.[0]}`)}
                />
              )}
            </Suspense>
          </Seen>
        )}
      </div>
    </Panel>
  );
}
