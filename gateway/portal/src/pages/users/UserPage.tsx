// One account: its facts to both administrators, what may be done with it to each
// by their office.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useSession } from '@/app/session';
import { AccountState } from '@/components/accounts/AccountState';
import { RoleList } from '@/components/accounts/RoleList';
import { Sessions } from '@/components/accounts/Sessions';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { User_State, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Access } from './Access';
import { Erase } from './Erase';
import { Roles } from './Roles';
import { UserFacts } from './UserFacts';
import { nameOf } from './UserLists';
import './users.css';

export default function UserPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { caller, offices } = useSession();
  const query = useQuery(UserService.method.getUser, { name: `users/${id}` });
  const back = { to: '/users', label: t('nav.users') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (query.error) {
    return (
      <>
        <PageHead title={t('nav.users')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const user = query.data;
  const system = offices.includes(Role.SYSTEM_ADMIN);
  const security = offices.includes(Role.SECURITY_ADMIN);
  const erased = user.state === User_State.ERASED;
  return (
    <>
      <PageHead
        title={user.displayName || nameOf(user)}
        back={back}
        sub={
          <span className="user-sub">
            <span className="mono">{nameOf(user)}</span>
            <AccountState user={user} />
          </span>
        }
      />
      {erased && <p className="banner">{t('users.erased')}</p>}
      <div className="columns">
        <UserFacts user={user} mayChange={system && !erased} />
        {security && !erased ? (
          <Roles user={user} />
        ) : (
          <Panel title={t('users.roles.title')}>
            <RoleList grants={user.grants} />
            {system && !erased && <p className="muted">{t('users.roles.bySecurity')}</p>}
          </Panel>
        )}
        {system && !erased && <Access user={user} />}
      </div>
      {system && !erased && <Sessions user={user.name} own={user.name === caller.name} />}
      {system && !erased && <Erase user={user} />}
    </>
  );
}
