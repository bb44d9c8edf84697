import { useTranslation } from 'react-i18next';
import { type User, User_State } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { ms } from '@/lib/time';
import './accounts.css';

export const isLocked = (user: User) => ms(user.lockedUntilTime) > Date.now();

export function AccountState({ user }: { user: User }) {
  const { t } = useTranslation();
  const state = User_State[user.state];
  return (
    <span className="tags">
      <span
        className={user.state === User_State.ACTIVE ? 'tag tag-confirmed' : 'tag tag-disabled'}
        data-testid="account-state"
      >
        {t(`users.state.${state}`)}
      </span>
      {isLocked(user) && <span className="tag tag-locked">{t('users.locked')}</span>}
    </span>
  );
}
