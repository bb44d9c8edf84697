// What happened, service by service, in the order in which it was recorded.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { SavedFilters } from '@/components/SavedFilters';
import { SearchBox } from '@/components/SearchBox';
import { Tabs } from '@/components/Tabs';
import { useIsPhone } from '@/lib/media';
import { EntryCards, EntryTable } from './EntryLists';
import { ExportBundles } from './ExportBundles';
import { homeOf, isService, journals, serviceIds } from './services';
import { useEntry } from './useEntry';

export default function JournalPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const asked = params.get('service') ?? '';
  const alliance = params.get('alliance') ?? '';
  const resource = params.get('resource') ?? '';
  const number = params.get('number') ?? '';
  const service = isService(asked) ? asked : homeOf(resource);
  const query = useQuery(
    journals[service].listEntries,
    // Short names of alliances will do, as the pages show them.
    {
      alliance: alliance && !alliance.includes('/') ? `alliances/${alliance}` : alliance,
      resource,
      pageToken: params.get('page') ?? '',
      pageSize: 50,
    },
    { placeholderData: keepPreviousData, enabled: !number },
  );
  const single = useEntry(service, number);
  const pending = number ? single.data === undefined && !single.error : query.isPending;
  const error = number ? single.error : query.error;
  const entries = number
    ? [single.data?.entry].filter((entry) => entry !== undefined)
    : (query.data?.entries ?? []);
  const filtered = !!(alliance || resource || number);
  // Another service keeps the alliance; a resource lies in one service alone.
  const to = (id: string) => {
    const next = new URLSearchParams({ service: id });
    if (alliance) next.set('alliance', alliance);
    return `?${next}`;
  };
  return (
    <>
      <PageHead title={t('nav.journal')} sub={t('journal.sub')}>
        <ExportBundles key={service} service={service} />
      </PageHead>
      <Tabs
        label={t('journal.service')}
        tabs={serviceIds.map((id) => ({
          to: to(id),
          label: t(`journal.services.${id}`),
          current: id === service,
        }))}
      />
      <div className="filters">
        <SearchBox label={t('journal.byResource')} param="resource" />
        <SearchBox label={t('journal.byAlliance')} param="alliance" />
        <SearchBox label={t('proof.byNumber')} param="number" />
        <SavedFilters page="journal" params={['service', 'alliance', 'resource']} />
      </div>
      {pending ? (
        <PageSkeleton lines={12} />
      ) : error ? (
        <Failure
          text={explain(error).text}
          retry={() => (number ? single.refetch() : query.refetch())}
        />
      ) : entries.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'journal.noneFound' : 'journal.none')}
            action={filtered && <Link to={`?service=${service}`}>{t('action.clearFilters')}</Link>}
          />
        </div>
      ) : phone ? (
        <EntryCards service={service} entries={entries} />
      ) : (
        <EntryTable service={service} entries={entries} />
      )}
      {!number && <Pager nextPageToken={query.data?.nextPageToken} />}
    </>
  );
}
