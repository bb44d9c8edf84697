import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SecretOnce } from '@/components/accounts/SecretOnce';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import type { User } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { idOf } from '@/lib/names';
import { UserForm } from './UserForm';

export default function UserFormPage() {
  const { t } = useTranslation();
  const [made, setMade] = useState<{ user: User; password: string } | null>(null);
  const back = { to: '/users', label: t('nav.users') };
  if (!made) {
    return (
      <>
        <PageHead title={t('users.create')} back={back} sub={t('users.createSub')} />
        <UserForm onDone={(user, password) => setMade({ user, password })} />
      </>
    );
  }
  return (
    <>
      <PageHead title={t('users.created', { login: made.user.login })} back={back} />
      <Panel title={t('users.handOver')}>
        <SecretOnce
          label={t('users.firstPassword')}
          secret={made.password}
          copyLabel={t('users.copyPassword')}
          note={t('users.firstPasswordOnce')}
          testId="given-password"
        />
        <p>
          {made.user.mustChangePassword && t('users.nextChange')}
          {t('users.nextRoles')}
        </p>
        <div className="panel-foot">
          <Link
            to={`/users/${idOf(made.user.name)}`}
            className="button-link button-primary"
            data-testid="to-user"
          >
            {t('users.toUser')}
          </Link>
          <button
            type="button"
            className="button-link"
            onClick={() => setMade(null)}
            data-testid="user-another"
          >
            {t('users.another')}
          </button>
        </div>
      </Panel>
    </>
  );
}
