import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/app/session';
import { useSignOut } from '@/app/useSignOut';
import { RoleList } from '@/components/accounts/RoleList';
import { Sessions } from '@/components/accounts/Sessions';
import { useExport } from '@/components/accounts/useExport';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { CalendarLink } from './CalendarLink';
import { Look } from './Look';
import { MailNotices } from './MailNotices';
import { OwnPhone } from './OwnPhone';
import { PasswordForm } from './PasswordForm';
import { SignOnLink } from './SignOnLink';
import './settings.css';

export default function SettingsPage() {
  const { t } = useTranslation();
  const { caller, scope } = useSession();
  return (
    <>
      <PageHead
        title={t('mine.settings.title')}
        back={scope ? { to: '/mine', label: t('mine.title') } : undefined}
      />
      <div className="settings">
        <div>
          <Account />
          <Look />
          <OwnPhone />
          <MailNotices />
        </div>
        <div>
          <Sessions user={caller.name} own />
          <Panel title={t('mine.settings.password')}>
            <PasswordForm />
          </Panel>
          <SignOnLink />
          <CalendarLink />
          <OwnData />
        </div>
      </div>
    </>
  );
}

function Account() {
  const { t } = useTranslation();
  const { caller } = useSession();
  const signOut = useSignOut();
  return (
    <Panel title={t('mine.settings.account')}>
      <p className="lead">{caller.displayName}</p>
      <RoleList grants={caller.grants} />
      <div className="panel-foot">
        <Button onClick={signOut} data-testid="settings-sign-out">
          {t('nav.signOut')}
        </Button>
      </div>
    </Panel>
  );
}

function OwnData() {
  const { t } = useTranslation();
  const { caller } = useSession();
  const { run, busy } = useExport(caller.name);
  return (
    <Panel title={t('account.export.title')}>
      <p>{t('account.export.own')}</p>
      <div className="panel-foot">
        <Button onClick={run} loading={busy} data-testid="export-own">
          {t('account.export.download')}
        </Button>
      </div>
    </Panel>
  );
}
