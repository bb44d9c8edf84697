// The home of who has no alliance: the three administrators, with what each office is for,
// where its work is and what it may not do; and people without a role, with why.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import type { Grant } from '@/gen/jinhuan/auth/v1/caller_pb';
import { PolicyPanel } from './PolicyPanel';
import '@/components/accounts/accounts.css';

// Where the work of an office is done.
const DUTIES: Partial<Record<Role, [id: string, to: string][]>> = {
  [Role.SYSTEM_ADMIN]: [
    ['users', '/users'],
    ['alliances', '/alliances'],
    ['systems', '/systems'],
  ],
  [Role.SECURITY_ADMIN]: [
    ['roles', '/users'],
    ['scopes', '/systems'],
  ],
  [Role.AUDIT_ADMIN]: [
    ['journalAlliance', '/journal?service=alliance'],
    ['journalResource', '/journal?service=resource'],
    ['journalMeeting', '/journal?service=meeting'],
  ],
};

// Why there is nothing to do.
function NoRole({ suspended }: { suspended: readonly Grant[] }) {
  const { t } = useTranslation();
  if (suspended.length === 0) {
    return (
      <Panel title={t('home.noRole.title')}>
        <p>{t('home.noRole.text')}</p>
      </Panel>
    );
  }
  const units = new Set(suspended.map((grant) => grant.memberDisplayName));
  return (
    <Panel title={t('home.suspended.title')}>
      <p data-testid="suspended">{t('home.suspended.text', { units: [...units].join('、') })}</p>
      <p>
        <Link to="/notices">{t('home.suspended.why')}</Link>
      </p>
    </Panel>
  );
}

export default function OfficePage() {
  const { t } = useTranslation();
  const { caller, offices } = useSession();
  return (
    <>
      <PageHead title={t('home.hello', { name: caller.displayName })} />
      {offices.length === 0 && <NoRole suspended={caller.suspendedGrants} />}
      {offices.map((role) => (
        <Panel key={role} title={t(`role.name.${Role[role]}`)}>
          <p className="lead">{t(`home.office.${Role[role]}.does`)}</p>
          <p>{t(`home.office.${Role[role]}.not`)}</p>
          <div className="duties">
            {DUTIES[role]?.map(([id, to]) => (
              <Link key={id} to={to} className="duty" data-testid={`duty-${id}`}>
                <strong>{t(`home.duty.${id}.title`)}</strong>
                <span className="muted">{t(`home.duty.${id}.text`)}</span>
              </Link>
            ))}
          </div>
        </Panel>
      ))}
      {offices.includes(Role.SECURITY_ADMIN) && <PolicyPanel />}
    </>
  );
}
