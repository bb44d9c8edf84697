import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useFindInPages } from '@/api/findInPages';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import type { Entry } from '@/gen/jinhuan/journal/v1/journal_pb';
import { ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { Changes } from './Changes';
import { differenceOf, titleOf } from './difference';
import { exactTime } from './LeafText';
import { isService, journals, type ServiceId } from './services';
import { actionOf, kindOf } from './words';
import './journal.css';
import '@/components/accounts/accounts.css';

export default function EntryPage() {
  const { service, number = '' } = useParams();
  const [params] = useSearchParams();
  if (!isService(service)) return <NotFoundPage />;
  return <Found service={service} number={number} resource={params.get('resource') ?? ''} />;
}

interface Props {
  service: ServiceId;
  number: string;
  resource: string;
}

function Found({ service, number, resource }: Props) {
  const { t } = useTranslation();
  const query = useFindInPages({
    method: journals[service],
    input: { resource, pageSize: 1000 },
    itemsOf: (page) => page.entries,
    match: (entry: Entry) => String(entry.number) === number,
    key: number,
  });
  const back = { to: `/journal?service=${service}`, label: t('nav.journal') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (query.error) {
    return (
      <>
        <PageHead title={t('nav.journal')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  if (!query.data) return <NotFoundPage />;
  return <EntryView service={service} entry={query.data} back={back} />;
}

interface ViewProps {
  service: ServiceId;
  entry: Entry;
  back: { to: string; label: string };
}

function EntryView({ service, entry, back }: ViewProps) {
  const { t } = useTranslation();
  const difference = useMemo(() => differenceOf(entry), [entry]);
  const title = titleOf(entry);
  const same = new URLSearchParams({ service, resource: entry.resource });
  const mono = (text: string) => text && <span className="mono">{text}</span>;
  return (
    <>
      <PageHead
        title={t('journal.entry', {
          number: String(entry.number),
          action: actionOf(t, entry.method),
        })}
        back={back}
        sub={[kindOf(t, entry.resource), title].filter(Boolean).join(' · ')}
      >
        <Link to={`/journal?${same}`} className="button-link" data-testid="same-resource">
          {t('journal.sameResource')}
        </Link>
        <button type="button" className="button-link" onClick={() => window.print()}>
          {t('action.print')}
        </button>
      </PageHead>
      <Changes {...difference} />
      <Facts
        title={t('journal.record')}
        facts={[
          [t('journal.service'), t(`journal.services.${service}`)],
          [t('journal.number'), String(entry.number)],
          [t('journal.time'), exactTime(ms(entry.time))],
          [t('journal.actor'), mono(entry.actor)],
          [t('journal.method'), mono(entry.method)],
          [t('journal.resource'), mono(entry.resource)],
          [t('journal.alliance'), mono(entry.alliance)],
          [t('reason.label'), entry.reason],
          [t('journal.request'), mono(entry.request)],
          [t('journal.id'), mono(entry.id)],
        ]}
      />
    </>
  );
}
