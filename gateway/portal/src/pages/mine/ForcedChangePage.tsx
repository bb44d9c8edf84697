// A password that someone else gave, or that is too old, is changed before
// anything else. The address stays, so what the reader wanted comes next.
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Tools } from '@/app/Header';
import { useSession } from '@/app/session';
import { useSignOut } from '@/app/useSignOut';
import { Ring } from '@/components/Ring';
import { PasswordForm } from './PasswordForm';
import '../sign-in/sign-in.css';
import './settings.css';

export default function ForcedChangePage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { caller } = useSession();
  const signOut = useSignOut();
  useEffect(() => {
    document.title = `${t('account.forced.title')} · ${t('product.name')}`;
  }, [t]);
  return (
    <div className="sign-in">
      <header className="sign-in-band">
        <div className="sign-in-mark">
          <Ring />
          <div>
            <p className="sign-in-name">{t('product.name')}</p>
            <p className="sign-in-what">{t('product.what')}</p>
          </div>
        </div>
        <p className="sign-in-line">{t('account.forced.hello', { name: caller.displayName })}</p>
      </header>
      <main className="sign-in-main">
        <div className="sign-in-tools">
          <Tools />
        </div>
        <div className="sign-in-card" data-testid="forced-change">
          <h1>{t('account.forced.title')}</h1>
          <p className="forced-why">{t('account.forced.why')}</p>
          <PasswordForm onDone={onDone} />
          <Button type="link" onClick={signOut} data-testid="sign-out">
            {t('nav.signOut')}
          </Button>
        </div>
      </main>
    </div>
  );
}
