import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useSession } from '@/app/session';
import { roleIn } from '@/components/accounts/roles';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterSelect } from '@/components/FilterSelect';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { SavedFilters } from '@/components/SavedFilters';
import { SearchBox } from '@/components/SearchBox';
import { UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { useIsPhone } from '@/lib/media';
import { UserCards, UserTable } from './UserLists';

export default function UsersPage() {
  const { t } = useTranslation();
  const { offices } = useSession();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const q = params.get('q') ?? '';
  const role = roleIn[params.get('role') ?? ''];
  const query = useQuery(
    UserService.method.listUsers,
    { query: q, role: role ?? Role.UNSPECIFIED, pageToken: params.get('page') ?? '', pageSize: 20 },
    { placeholderData: keepPreviousData },
  );
  const users = query.data?.users ?? [];
  const mayCreate = offices.includes(Role.SYSTEM_ADMIN);
  const filtered = !!q || role !== undefined;
  const create = (
    <Link to="/users/new" className="button-link button-primary" data-testid="user-new">
      {t('users.create')}
    </Link>
  );
  const roles = Object.entries(roleIn).map(([value, one]) => ({
    value,
    label: t(`role.name.${Role[one]}`),
  }));

  return (
    <>
      <PageHead
        title={t('nav.users')}
        sub={t(mayCreate ? 'users.sub.system' : 'users.sub.security')}
      >
        {mayCreate && create}
      </PageHead>
      <div className="filters">
        <SearchBox label={t('users.search')} />
        <FilterSelect
          label={t('users.role')}
          param="role"
          options={[{ value: '', label: t('filters.any') }, ...roles]}
        />
        <SavedFilters page="users" params={['q', 'role']} />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={12} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : users.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'users.noneFound' : 'users.none')}
            action={
              filtered ? <Link to="/users">{t('action.clearFilters')}</Link> : mayCreate && create
            }
          />
        </div>
      ) : phone ? (
        <UserCards users={users} />
      ) : (
        <UserTable users={users} />
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
