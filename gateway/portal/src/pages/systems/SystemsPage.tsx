import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useSession } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { useIsPhone } from '@/lib/media';
import { SystemCards, SystemTable } from './SystemLists';

export default function SystemsPage() {
  const { t } = useTranslation();
  const { offices } = useSession();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const query = useQuery(UserService.method.listServiceAccounts, {
    pageToken: params.get('page') ?? '',
    pageSize: 20,
  });
  const accounts = query.data?.serviceAccounts ?? [];
  const mayCreate = offices.includes(Role.SYSTEM_ADMIN);
  const create = (
    <Link to="/systems/new" className="button-link button-primary" data-testid="system-new">
      {t('systems.create')}
    </Link>
  );
  return (
    <>
      <PageHead
        title={t('nav.systems')}
        sub={t(mayCreate ? 'systems.sub.system' : 'systems.sub.security')}
      >
        {mayCreate && create}
      </PageHead>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : accounts.length === 0 ? (
        <div className="panel">
          <Empty why={t('systems.none')} action={mayCreate && create} />
        </div>
      ) : phone ? (
        <SystemCards accounts={accounts} />
      ) : (
        <SystemTable accounts={accounts} />
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
