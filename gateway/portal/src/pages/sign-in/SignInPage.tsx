import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Tools } from '@/app/Header';
import { useSignedIn } from '@/app/useSignedIn';
import { Ring } from '@/components/Ring';
import { SignInForm } from '@/components/SignInForm';
import { SignOnButton } from './SignOnButton';
import './sign-in.css';

export default function SignInPage() {
  const { t } = useTranslation();
  const signedIn = useSignedIn();
  const [params] = useSearchParams();
  const to = params.get('to');

  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product.name')}`;
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
        <p className="sign-in-line">{t('product.line')}</p>
      </header>
      <main className="sign-in-main">
        <div className="sign-in-tools">
          <Tools />
        </div>
        <div className="sign-in-card">
          <h1>{t('signIn.title')}</h1>
          <SignInForm onDone={(session) => signedIn(session, to)} />
          <SignOnButton to={to ?? ''} />
          <p className="muted sign-in-help">{t('signIn.help')}</p>
          <p className="sign-in-apply">
            <Link to="/apply" data-testid="to-apply">
              {t('signIn.apply')}
            </Link>
          </p>
        </div>
      </main>
    </div>
  );
}
