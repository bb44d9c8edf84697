import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { Changes } from './Changes';
import { differenceOf, titleOf } from './difference';
import { saveBundle } from './ExportBundles';
import { exactTime } from './LeafText';
import { isService, type ServiceId } from './services';
import { type Proven, useEntry } from './useEntry';
import { useVerify } from './useVerify';
import { Verification } from './Verification';
import { actionOf, kindOf } from './words';
import './journal.css';
import '@/components/accounts/accounts.css';

export default function EntryPage() {
  const { service, number = '' } = useParams();
  if (!isService(service)) return <NotFoundPage />;
  return <Found service={service} number={number} />;
}

function Found({ service, number }: { service: ServiceId; number: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useEntry(service, number);
  const back = { to: `/journal?service=${service}`, label: t('nav.journal') };
  if (error) {
    return (
      <>
        <PageHead title={t('nav.journal')} back={back} />
        <Failure text={explain(error).text} retry={refetch} />
      </>
    );
  }
  if (data === undefined) return <PageSkeleton lines={10} />;
  if (data === null) return <NotFoundPage />;
  return <EntryView key={number} service={service} proven={data} back={back} />;
}

interface ViewProps {
  service: ServiceId;
  proven: Proven;
  back: { to: string; label: string };
}

function EntryView({ service, proven, back }: ViewProps) {
  const { t } = useTranslation();
  const { entry } = proven;
  const verify = useVerify(service, proven);
  const difference = useMemo(() => differenceOf(entry), [entry]);
  const title = titleOf(entry);
  const all = (param: string, value: string) =>
    `/journal?${new URLSearchParams({ service, [param]: value })}`;
  const others = (param: string, value: string) =>
    value && (
      <Link to={all(param, value)} className="mono" data-testid={`same-${param}`}>
        {value}
      </Link>
    );
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
        <button
          type="button"
          className="button-link"
          disabled={verify.isPending}
          onClick={() => verify.mutate()}
          data-testid="verify"
        >
          {t('proof.verify')}
        </button>
        <button
          type="button"
          className="button-link"
          onClick={() => saveBundle(service, proven.bundle)}
          data-testid="export-entry"
        >
          {t('proof.exportEntry')}
        </button>
        <Link
          to={all('resource', entry.resource)}
          className="button-link"
          data-testid="same-resource"
        >
          {t('journal.sameResource')}
        </Link>
        <button type="button" className="button-link" onClick={() => window.print()}>
          {t('action.print')}
        </button>
      </PageHead>
      {verify.data && (
        <Verification
          service={service}
          verdict={verify.data}
          erased={entry.erased}
          again={() => verify.mutate()}
        />
      )}
      <Changes {...difference} />
      <Facts
        title={t('journal.record')}
        facts={[
          [t('journal.service'), t(`journal.services.${service}`)],
          [t('journal.number'), String(entry.number)],
          [t('journal.time'), exactTime(ms(entry.time))],
          [t('journal.actor'), others('actor', entry.actor)],
          [t('journal.method'), others('method', entry.method)],
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
