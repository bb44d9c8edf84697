import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AccountState } from '@/components/accounts/AccountState';
import { grantKey } from '@/components/accounts/RoleList';
import type { User } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';

interface Props {
  users: readonly User[];
}

// An erased account has neither login nor name left.
export const nameOf = (user: User) => user.login || idOf(user.name);

export function UserTable({ users }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <div className="panel table-panel">
      <table className="table">
        <caption className="sr-only">{t('nav.users')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('users.login')}</th>
            <th scope="col">{t('users.displayName')}</th>
            <th scope="col">{t('users.roles.title')}</th>
            <th scope="col">{t('users.lastSignIn')}</th>
            <th scope="col">{t('users.stateLabel')}</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.name} data-testid="user-row">
              <th scope="row">
                <Link to={`/users/${idOf(user.name)}`}>{nameOf(user)}</Link>
              </th>
              <td>{user.displayName || '–'}</td>
              <td>
                <Roles user={user} />
              </td>
              <td>
                {user.lastSignInTime
                  ? dateTime(ms(user.lastSignInTime), DEFAULT_ZONE, i18n.language)
                  : t('users.never')}
              </td>
              <td>
                <AccountState user={user} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function UserCards({ users }: Props) {
  return (
    <ul className="panel rows">
      {users.map((user) => (
        <li key={user.name} data-testid="user-row">
          <Link to={`/users/${idOf(user.name)}`} className="member-card">
            <span className="member-card-name">{nameOf(user)}</span>
            <span>
              <AccountState user={user} />
            </span>
            <span className="muted">
              {user.displayName}
              <br />
              <Roles user={user} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Roles({ user }: { user: User }) {
  const { t } = useTranslation();
  if (user.grants.length === 0) return t('users.roles.none');
  return user.grants.map((grant) => (
    <span key={grantKey(grant)} className="role-line">
      {[t(`role.name.${Role[grant.role]}`), grant.memberDisplayName].filter(Boolean).join(' · ')}
    </span>
  ));
}
