// Where the browser comes back to from the provider.

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { takeBegun } from '@/api/signOn';
import { useMutation } from '@/api/useMutation';
import { useSignedIn } from '@/app/useSignedIn';
import { Problem } from '@/components/Problem';
import { Splash } from '@/components/Splash';
import { SignOnService } from '@/gen/jinhuan/alliance/v1/sign_on_service_pb';
import './sign-in.css';

export default function SignOnPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const [params] = useSearchParams();
  const [begun] = useState(takeBegun);
  const finish = useMutation(SignOnService.method.finishSignOn, {
    onSuccess: (session) => signedIn(session, begun?.to ?? null),
  });
  const link = useMutation(SignOnService.method.linkSignOn, {
    onSuccess: () => navigate(begun?.to ?? '/mine/settings', { replace: true }),
  });
  const { mutate } = begun?.purpose === 'link' ? link : finish;
  const code = params.get('code');
  const state = params.get('state');

  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product.name')}`;
  }, [t]);
  useEffect(() => {
    if (begun && code && state) mutate({ code, state, ticket: begun.ticket });
  }, [begun, code, state, mutate]);

  const error = finish.error ?? link.error;
  if (begun && code && state && !error) return <Splash />;
  return (
    <main className="sign-in-main">
      <div className="sign-in-card">
        <h1>{t('account.signOn.failed')}</h1>
        {error ? (
          <Problem error={error} signIn />
        ) : (
          <p data-testid="sign-on-nothing">
            {t(begun ? 'account.signOn.refused' : 'account.signOn.nothing')}
          </p>
        )}
        <p>
          <Link to="/sign-in" data-testid="to-sign-in">
            {t('account.signOn.back')}
          </Link>
        </p>
      </div>
    </main>
  );
}
