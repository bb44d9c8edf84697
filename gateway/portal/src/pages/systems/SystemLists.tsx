import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  type ServiceAccount,
  ServiceAccount_State,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE, dayOf, ms } from '@/lib/time';
import '@/components/accounts/accounts.css';

export function SystemState({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation();
  const active = account.state === ServiceAccount_State.ACTIVE;
  return (
    <span className={active ? 'tag tag-confirmed' : 'tag tag-disabled'} data-testid="system-state">
      {t(`systems.state.${ServiceAccount_State[account.state]}`)}
    </span>
  );
}

interface Props {
  accounts: readonly ServiceAccount[];
}

export function SystemTable({ accounts }: Props) {
  const { t } = useTranslation();
  return (
    <div className="panel table-panel">
      <table className="table">
        <caption className="sr-only">{t('nav.systems')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('systems.displayName')}</th>
            <th scope="col">{t('users.alliance')}</th>
            <th scope="col">{t('systems.scopes.title')}</th>
            <th scope="col">{t('alliances.created')}</th>
            <th scope="col">{t('users.stateLabel')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.name} data-testid="system-row">
              <th scope="row">
                <Link to={`/systems/${idOf(account.name)}`}>{account.displayName}</Link>
              </th>
              <td>{idOf(account.alliance)}</td>
              <td>{scopeCount(t, account)}</td>
              <td>{dayOf(ms(account.createTime), DEFAULT_ZONE)}</td>
              <td>
                <SystemState account={account} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function SystemCards({ accounts }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="panel rows">
      {accounts.map((account) => (
        <li key={account.name} data-testid="system-row">
          <Link to={`/systems/${idOf(account.name)}`} className="member-card">
            <span className="member-card-name">{account.displayName}</span>
            <span>
              <SystemState account={account} />
            </span>
            <span className="muted">
              {[idOf(account.alliance), scopeCount(t, account)].join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function scopeCount(t: TFunction, account: ServiceAccount): string {
  const n = account.scopes.length;
  return n === 0 ? t('systems.scopes.all') : t('systems.scopes.count', { n });
}
