// What needs and offers have become: of the reader's unit, of all for the street.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { MatchActs } from '@/components/exchange/MatchActs';
import { MatchCard } from '@/components/exchange/MatchCard';
import { LIVE } from '@/components/exchange/useListings';
import { matchStateIn } from '@/components/exchange/words';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { SavedFilters } from '@/components/SavedFilters';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { ExportedList, ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import NotFoundPage from '../NotFoundPage';
import { ExchangeTabs } from './ExchangeTabs';

export default function MatchesPage() {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { alliance, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const waiting = params.get('state') === 'waiting';
  const query = useQuery(
    ExchangeService.method.listMatches,
    {
      parent: alliance,
      state: matchStateIn[params.get('state') ?? ''],
      waiting,
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { ...LIVE, placeholderData: keepPreviousData, enabled: isLiaison || isStreet },
  );
  if (!isLiaison && !isStreet) return <NotFoundPage />;
  const matches = query.data?.matches ?? [];
  const filtered = params.has('state');
  return (
    <>
      <PageHead title={t('nav.exchange')} sub={t('exchange.sub')}>
        <ExportButton
          method={ReportService.method.exportList}
          request={{ parent: alliance, list: ExportedList.MATCHES }}
          testId="export-list"
        />
      </PageHead>
      <ExchangeTabs />
      <div className="filters">
        <FilterLinks
          label={t('exchange.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            { value: 'waiting', label: t('exchange.waiting') },
            ...Object.entries(matchStateIn).map(([value, state]) => ({
              value,
              label: t(`exchange.matchState.${state}`),
            })),
          ]}
        />
      </div>
      <SavedFilters page="matches" params={['state']} />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : matches.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'exchange.noneFound' : 'exchange.none.matches')}
            action={
              filtered ? (
                <Link to="/exchange/matches">{t('action.clearFilters')}</Link>
              ) : (
                <Link to="/exchange/needs">
                  {t('exchange.toNeeds', { list: labelOf('needs') })}
                </Link>
              )
            }
          />
        </div>
      ) : (
        <section className="panel" aria-labelledby="matches-list">
          <h2 id="matches-list" className="sr-only">
            {labelOf('matches')}
          </h2>
          <ul className="rows">
            {matches.map((match) => (
              <li key={match.name} className="todo-item todo-wide">
                <MatchCard match={match}>
                  <MatchActs match={match} />
                </MatchCard>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
