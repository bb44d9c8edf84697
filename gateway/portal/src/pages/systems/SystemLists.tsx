import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  type ServiceAccount,
  ServiceAccount_State,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE, longDate, ms } from '@/lib/time';
import '@/components/accounts/accounts.css';
import { useAllianceName } from '@/api/useAllianceName';

const TAGS: Partial<Record<ServiceAccount_State, string>> = {
  [ServiceAccount_State.ACTIVE]: 'tag tag-confirmed',
  [ServiceAccount_State.WAITING]: 'tag tag-applied',
};

export function SystemState({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation();
  return (
    <span className={TAGS[account.state] ?? 'tag tag-disabled'} data-testid="system-state">
      {t(`systems.state.${ServiceAccount_State[account.state]}`)}
    </span>
  );
}

interface Props {
  accounts: readonly ServiceAccount[];
}

export function SystemTable({ accounts }: Props) {
  const { t, i18n } = useTranslation();
  const allianceOf = useAllianceName();
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
              <td>{allianceOf(account.alliance)}</td>
              <td>{scopeCount(t, account)}</td>
              <td>{longDate(ms(account.createTime), DEFAULT_ZONE, i18n.language)}</td>
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
  const allianceOf = useAllianceName();
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
              {[allianceOf(account.alliance), scopeCount(t, account)].join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function scopeCount(t: TFunction, account: ServiceAccount): string {
  const n = account.scopes.length;
  if (n === 0 && account.state === ServiceAccount_State.WAITING)
    return t('systems.scopes.undecided');
  return n === 0 ? t('systems.scopes.all') : t('systems.scopes.count', { count: n });
}
