// The street adopts the next version, made from the last one there is.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import NotFoundPage from '../NotFoundPage';
import { AdoptForm } from './AdoptForm';
import './charter.css';

export default function AdoptPage() {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  // What is being edited must not change under the reader's hands.
  const still = { enabled: isStreet, refetchOnWindowFocus: false, staleTime: 0 };
  const versions = useQuery(
    CharterService.method.listCharters,
    { parent: alliance, pageSize: 1 },
    still,
  );
  const inForce = useQuery(
    CharterService.method.getCharter,
    { name: `${alliance}/charters/-` },
    still,
  );
  if (!isStreet) return <NotFoundPage />;
  const last = versions.data?.charters[0];
  const error = versions.error ?? inForce.error;
  const reload = async () => (await versions.refetch()).data?.charters[0];
  return (
    <>
      <PageHead
        title={t('charter.adopt')}
        sub={last && t('charter.adoptSub', { version: last.version })}
        back={{ to: '/charter', label: t('nav.charter') }}
      />
      {error ? (
        <Failure
          text={explain(error).text}
          retry={() => Promise.all([versions.refetch(), inForce.refetch()])}
        />
      ) : last && inForce.data ? (
        <AdoptForm last={last} inForce={inForce.data} reload={reload} />
      ) : (
        <PageSkeleton lines={14} />
      )}
    </>
  );
}
