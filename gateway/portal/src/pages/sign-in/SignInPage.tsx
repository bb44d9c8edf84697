import { createConnectQueryKey, useTransport } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Tools } from '@/app/Header';
import { markSignedIn } from '@/app/signedOut';
import { Ring } from '@/components/Ring';
import { SignInForm } from '@/components/SignInForm';
import { AuthService, type Session } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import './sign-in.css';

// Only an address of the portal itself: `//elsewhere` would leave it.
function safe(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/workbench';
}

export default function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const transport = useTransport();
  const [params] = useSearchParams();

  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product.name')}`;
  }, [t]);

  const done = (session: Session | undefined) => {
    client.clear();
    const schema = AuthService.method.getSession;
    const key = createConnectQueryKey({ schema, input: {}, transport, cardinality: 'finite' });
    client.setQueryData(key, session);
    markSignedIn();
    navigate(safe(params.get('to')), { replace: true });
  };

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
          <SignInForm onDone={done} />
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
