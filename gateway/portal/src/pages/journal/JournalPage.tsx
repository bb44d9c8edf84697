// What happened, service by service, what was recorded last first.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Tabs } from '@/components/Tabs';
import { useIsPhone } from '@/lib/media';
import { EntryCards, EntryTable } from './EntryLists';
import { ExportBundles } from './ExportBundles';
import { JournalFilters } from './JournalFilters';
import { journals, serviceIds } from './services';
import { useEntry } from './useEntry';
import { type Selection, useSelection } from './useSelection';
import { useWhyNone } from './useWhyNone';

export default function JournalPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const selection = useSelection();
  const { service, number, reversed } = selection;
  const query = useQuery(journals[service].listEntries, selection.request, {
    placeholderData: keepPreviousData,
    enabled: !number && !reversed,
  });
  const single = useEntry(service, number);
  const pending = number
    ? single.data === undefined && !single.error
    : query.isPending && !reversed;
  const error = number ? single.error : reversed ? null : query.error;
  const entries = number
    ? [single.data?.entry].filter((entry) => entry !== undefined)
    : (!reversed && query.data?.entries) || [];
  const filtered = !!number || Object.keys(selection.chosen).length > 0;
  const why = useWhyNone(selection);
  return (
    <>
      <PageHead title={t('nav.journal')} sub={t('journal.sub')}>
        <ExportBundles key={service} service={service} />
      </PageHead>
      <Tabs
        label={t('journal.service')}
        tabs={serviceIds.map((id) => ({
          to: to(id, selection),
          label: t(`journal.services.${id}`),
          current: id === service,
        }))}
      />
      <JournalFilters {...selection} />
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
            why={why}
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

// Another service keeps what means the same there; an act or a resource is of one service alone.
function to(service: string, { chosen, request }: Selection): string {
  const next = new URLSearchParams({ service });
  for (const name of ['alliance', 'actor', 'from', 'to'] as const) {
    const value = chosen[name];
    if (value) next.set(name, value);
  }
  if (!request.newestFirst) next.set('order', 'oldest');
  return `?${next}`;
}
