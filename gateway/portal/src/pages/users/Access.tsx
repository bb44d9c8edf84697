// Whether someone gets in: shut out, let in again, a lock lifted, a new first
// password, all that is kept of them.
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLocked } from '@/components/accounts/AccountState';
import { keepsPassword } from '@/components/accounts/roles';
import { useExport } from '@/components/accounts/useExport';
import { Panel } from '@/components/Panel';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type User, User_State } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { clock, DEFAULT_ZONE, ms } from '@/lib/time';
import { ResetSheet } from './ResetSheet';
import { useSwitch } from './useSwitch';

export function Access({ user }: { user: User }) {
  const { t } = useTranslation();
  const [sheet, setSheet] = useState<'' | 'disable' | 'enable' | 'unlock' | 'reset'>('');
  const close = () => setSheet('');
  const exported = useExport(user.name);
  const active = user.state === User_State.ACTIVE;
  const keeps = user.grants.some(({ role }) => keepsPassword(role));
  const act = useSwitch(user, sheet !== 'disable', close);
  return (
    <Panel title={t('users.access.title')}>
      <ul className="access">
        {isLocked(user) && (
          <Line
            text={t('users.access.locked', { time: clock(ms(user.lockedUntilTime), DEFAULT_ZONE) })}
          >
            <Button onClick={() => setSheet('unlock')} data-testid="unlock">
              {t('users.access.unlock')}
            </Button>
          </Line>
        )}
        <Line text={t(active ? 'users.access.isActive' : 'users.access.isDisabled')}>
          <Button
            danger={active}
            onClick={() => setSheet(active ? 'disable' : 'enable')}
            data-testid={active ? 'disable' : 'enable'}
          >
            {t(active ? 'users.access.disable' : 'users.access.enable')}
          </Button>
        </Line>
        {active && keeps && (
          <li>
            <p data-testid="keeps-password">{t('users.access.keeps')}</p>
          </li>
        )}
        {active && !keeps && (
          <Line text={t('users.access.resetWhat')}>
            <Button onClick={() => setSheet('reset')} data-testid="reset-password">
              {t('users.access.reset')}
            </Button>
          </Line>
        )}
        <Line text={t('users.access.exportWhat')}>
          <Button onClick={exported.run} loading={exported.busy} data-testid="export-user">
            {t('account.export.download')}
          </Button>
        </Line>
      </ul>
      <ReasonSheet
        open={sheet === 'disable' || sheet === 'enable' || sheet === 'unlock'}
        title={t(`users.access.${sheet || 'enable'}`)}
        what={t(`users.access.${sheet || 'enable'}Does`)}
        confirm={t(`users.access.${sheet || 'enable'}`)}
        danger={sheet === 'disable'}
        busy={act.busy}
        error={act.error}
        onConfirm={act.run}
        onClose={close}
      />
      <ResetSheet user={user} open={sheet === 'reset'} onClose={close} />
    </Panel>
  );
}

function Line({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li>
      <p>{text}</p>
      {children}
    </li>
  );
}
