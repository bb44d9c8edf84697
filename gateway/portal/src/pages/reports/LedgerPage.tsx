// What each unit gave and used.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { LedgerKind } from '@/gen/jinhuan/resource/v1/ledger_pb';
import { ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { idOf } from '@/lib/names';
import { ChartPanel } from './ChartPanel';
import { MonthFilter, useMonths } from './MonthFilter';
import { amount, ledgerKindIn, quantity } from './quantity';
import { ReportTabs } from './ReportTabs';
import './reports.css';

export default function LedgerPage() {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { alliance, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const unitName = useUnitName();
  const query = useQuery(
    ReportService.method.getLedger,
    { parent: alliance, pageSize: 200, pageToken: params.get('page') ?? '', ...useMonths() },
    { placeholderData: keepPreviousData },
  );
  // Nobody asked for a kind: the first of which there is something.
  const has = (one: LedgerKind) =>
    query.data?.units.some(({ balances }) => balances.some((balance) => balance.kind === one));
  const standing =
    Object.keys(ledgerKindIn).find((key) => has(ledgerKindIn[key] ?? 0)) ?? 'service';
  const kind =
    ledgerKindIn[params.get('kind') ?? ''] ?? ledgerKindIn[standing] ?? LedgerKind.SERVICE_HOURS;
  const counted = useMemo(
    () =>
      (query.data?.units ?? [])
        .map(({ member, balances }) => ({
          member,
          balance: balances.find((one) => one.kind === kind),
        }))
        .filter((one) => one.balance !== undefined)
        .sort((a, b) => Number((b.balance?.given ?? 0n) - (a.balance?.given ?? 0n))),
    [query.data, kind],
  );
  // The chart shows who gave most; the table has all.
  const bars = useMemo(
    () =>
      counted.slice(0, 12).map(({ member, balance }) => ({
        label: unitName(member),
        value: amount(kind, balance?.given ?? 0n),
        text: quantity(t, kind, balance?.given ?? 0n),
      })),
    [counted, kind, unitName, t],
  );
  const mayExport = isLiaison || isStreet;
  return (
    <>
      <PageHead title={t('nav.reports')} sub={t('reports.ledgerSub')}>
        {mayExport && (
          <ExportButton
            method={ReportService.method.exportLedger}
            request={{ parent: alliance, kind: ledgerKindIn[params.get('kind') ?? ''] }}
            testId="export-ledger"
          />
        )}
      </PageHead>
      <ReportTabs />
      <div className="filters">
        <FilterLinks
          label={t('reports.kindLabel')}
          param="kind"
          current={standing}
          options={Object.entries(ledgerKindIn).map(([value, one]) => ({
            value,
            label: t(`reports.kind.${one}`),
          }))}
        />
        <MonthFilter />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : counted.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('reports.ledgerNone')}
            action={
              <Link to="/exchange/needs">{t('exchange.toNeeds', { list: labelOf('needs') })}</Link>
            }
          />
        </div>
      ) : (
        <ChartPanel
          id="ledger"
          title={t('reports.given', { kind: t(`reports.kind.${kind}`) })}
          bars={bars}
          head={[
            t('reports.unit'),
            t('reports.givenShort'),
            t('reports.usedShort'),
            t('reports.balance'),
          ]}
          rows={counted.map(({ member, balance }) => ({
            key: member,
            cells: [
              mayExport ? (
                <Link key="name" to={`/reports/entries?unit=${idOf(member)}`}>
                  {unitName(member)}
                </Link>
              ) : (
                unitName(member)
              ),
              quantity(t, kind, balance?.given ?? 0n),
              quantity(t, kind, balance?.used ?? 0n),
              quantity(t, kind, balance?.balance ?? 0n),
            ],
          }))}
        />
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
