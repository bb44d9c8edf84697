// How many active members each sector has: a chart, with the table behind it.
import { createQueryOptions, useTransport } from '@connectrpc/connect-query';
import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useWork } from '@/app/session';
import { Panel } from '@/components/Panel';
import { Seen } from '@/components/Seen';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { sectorIn } from '@/lib/enums';

const BarChart = lazy(() => import('@/components/BarChart'));

export function Composition() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { alliance } = useWork();
  const transport = useTransport();
  const [asTable, setAsTable] = useState(false);
  const entries = Object.entries(sectorIn);
  // Only the totals are wanted, so each page is of one.
  const totals = useQueries({
    queries: entries.map(([, sector]) =>
      createQueryOptions(
        MemberService.method.listMembers,
        { parent: alliance, sector, state: Member_State.ACTIVE, pageSize: 1 },
        { transport },
      ),
    ),
  });
  const counts = totals.map((one) => one.data?.totalSize ?? 0);
  const ready = totals.every((one) => !one.isPending);
  const sum = counts.reduce((a, b) => a + b, 0);
  const key = counts.join();
  const bars = useMemo(
    () =>
      Object.entries(sectorIn).map(([, sector], i) => ({
        label: t(`members.sector.${sector}`),
        value: Number(key.split(',')[i]),
      })),
    [key, t],
  );

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
                  <td className="num">{counts[i]}</td>
                  <td className="num">
                    {sum ? `${Math.round(((counts[i] ?? 0) / sum) * 100)}%` : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Seen>
            <Suspense fallback={null}>
              {ready && (
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
