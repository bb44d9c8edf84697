import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/Facts';
import type { User } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';
import { EditSheet } from './EditSheet';
import { RevealPhone } from './RevealPhone';

interface Props {
  user: User;
  mayChange: boolean;
}

export function UserFacts({ user, mayChange }: Props) {
  const { t, i18n } = useTranslation();
  const [editing, setEditing] = useState(false);
  const date = (at: number) => dateTime(at, DEFAULT_ZONE, i18n.language);
  return (
    <Facts
      title={t('users.facts')}
      facts={[
        [t('users.login'), user.login],
        [t('users.displayName'), user.displayName],
        [t('users.phone'), user.phone && (mayChange ? <RevealPhone user={user} /> : user.phone)],
        [t('users.createTime'), user.createTime && date(ms(user.createTime))],
        [
          t('users.lastSignIn'),
          user.lastSignInTime ? date(ms(user.lastSignInTime)) : t('users.never'),
        ],
        [
          t('users.password'),
          t(user.mustChangePassword ? 'users.mustChange' : 'users.ownPassword'),
        ],
      ]}
    >
      {mayChange && (
        <div className="panel-foot">
          <Button onClick={() => setEditing(true)} data-testid="user-edit">
            {t('action.edit')}
          </Button>
          <EditSheet user={user} open={editing} onClose={() => setEditing(false)} />
        </div>
      )}
    </Facts>
  );
}
