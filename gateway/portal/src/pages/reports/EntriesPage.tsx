// The lines of the ledger.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { useUnits } from '@/components/members/useUnits';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { SavedFilters } from '@/components/SavedFilters';
import type { LedgerEntry } from '@/gen/jinhuan/resource/v1/ledger_pb';
import { ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { CorrectSheet } from './CorrectSheet';
import { ledgerKindIn, quantity } from './quantity';
import { ReportTabs } from './ReportTabs';

const FILTERS = ['kind', 'unit'];

export default function EntriesPage() {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { alliance, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const units = useUnits();
  const unit = params.get('unit') ?? '';
  const filters = {
    parent: alliance,
    kind: ledgerKindIn[params.get('kind') ?? ''],
    member: unit && `${alliance}/members/${unit}`,
  };
  const allowed = isLiaison || isStreet;
  const query = useQuery(
    ReportService.method.listLedgerEntries,
    { ...filters, pageToken: params.get('page') ?? '', pageSize: 20 },
    { placeholderData: keepPreviousData, enabled: allowed },
  );
  if (!allowed) return <NotFoundPage />;
  const entries = query.data?.entries ?? [];
  const filtered = FILTERS.some((name) => params.has(name));
  return (
    <>
      <PageHead title={t('nav.reports')} sub={t('reports.entriesSub')}>
        <ExportButton
          method={ReportService.method.exportLedger}
          request={filters}
          testId="export-entries"
        />
      </PageHead>
      <ReportTabs />
      <div className="filters">
        <FilterLinks
          label={t('reports.kindLabel')}
          param="kind"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(ledgerKindIn).map(([value, one]) => ({
              value,
              label: t(`reports.kind.${one}`),
            })),
          ]}
        />
        <FilterSelect
          label={t('reports.unit')}
          param="unit"
          options={[
            { value: '', label: t('filters.any') },
            ...units.map((one) => ({ value: idOf(one.name), label: one.displayName })),
          ]}
        />
      </div>
      <SavedFilters page="ledger" params={FILTERS} />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : entries.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'exchange.noneFound' : 'reports.ledgerNone')}
            action={
              filtered ? (
                <Link to="/reports/entries">{t('action.clearFilters')}</Link>
              ) : (
                <Link to="/exchange/needs">
                  {t('exchange.toNeeds', { list: labelOf('needs') })}
                </Link>
              )
            }
          />
        </div>
      ) : (
        <ul className="panel rows">
          {entries.map((entry) => (
            <li key={entry.name}>
              <EntryRow entry={entry} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

function EntryRow({ entry }: { entry: LedgerEntry }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { member, isStreet } = useWork();
  const unitName = useUnitName();
  const [correcting, setCorrecting] = useState(false);
  const isMatch = entry.source.includes('/matches/');
  const party = isStreet || entry.member === member || entry.counterpart === member;
  return (
    <div className="member-card" data-testid="ledger-entry">
      <span className="member-card-name">{unitName(entry.member)}</span>
      <span className="tag">
        {t(`reports.direction.${entry.direction}`, {
          what: quantity(t, entry.kind, entry.quantity),
        })}
      </span>
      <span className="muted">
        {[
          t(`reports.kind.${entry.kind}`),
          unitName(entry.counterpart),
          dateTime(ms(entry.occurTime), zone, i18n.language),
        ].join(' · ')}
      </span>
      {entry.reason && (
        <span className="muted">{t('lending.ledger.isCorrection', { why: entry.reason })}</span>
      )}
      {isStreet && (
        <span>
          <Button size="small" onClick={() => setCorrecting(true)} data-testid="correct">
            {t('lending.ledger.correct')}
          </Button>
        </span>
      )}
      {correcting && <CorrectSheet entry={entry} onClose={() => setCorrecting(false)} />}
      {isMatch && party && (
        <Link to={`/exchange/matches/${idOf(entry.source)}`}>{t('reports.fromMatch')}</Link>
      )}
    </div>
  );
}
