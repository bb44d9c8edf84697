// Lets pages through once it is known who is there. A session that ends while
// someone works is renewed in a dialog above the page: what they typed stays.
import { createConnectQueryKey, useQuery, useTransport } from '@connectrpc/connect-query';
import { focusManager, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { lazy, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { explain, isSignedOut } from '@/api/errors';
import { Failure } from '@/components/Failure';
import { SignInForm } from '@/components/SignInForm';
import { Splash } from '@/components/Splash';
import { AuthService, type Session } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import type { Caller } from '@/gen/jinhuan/auth/v1/caller_pb';
import { SessionProvider } from './session';
import { markSignedIn, useSignedOut } from './signedOut';
import { onSignedOutElsewhere, toSignIn } from './signedOutElsewhere';

const ForcedChangePage = lazy(() => import('@/pages/mine/ForcedChangePage'));

export function SessionGate() {
  const { t } = useTranslation();
  const location = useLocation();
  const client = useQueryClient();
  const transport = useTransport();
  const session = useQuery(AuthService.method.getSession, {}, { staleTime: 60_000 });
  const signedOut = useSignedOut();
  const last = useRef<Caller | null>(null);

  useEffect(() => onSignedOutElsewhere(toSignIn), []);
  // Whatever is read again by the clock waits until somebody is there again.
  useEffect(() => {
    if (!signedOut) return;
    focusManager.setFocused(false);
    return () => focusManager.setFocused(undefined);
  }, [signedOut]);

  const caller = session.data?.caller ?? last.current;
  if (caller) last.current = caller;

  if (!caller) {
    if (session.error && isSignedOut(session.error)) {
      const to = location.pathname + location.search;
      return <Navigate to={`/sign-in?to=${encodeURIComponent(to)}`} replace />;
    }
    if (session.error) {
      return <Failure text={explain(session.error).text} retry={() => session.refetch()} page />;
    }
    return <Splash />;
  }

  const renewed = (fresh: Session | undefined) => {
    // Someone else signed in: nothing of the former reader may stay.
    if (fresh?.caller?.name !== caller.name) {
      window.location.assign('/');
      return;
    }
    const cardinality = 'finite' as const;
    const schema = AuthService.method.getSession;
    client.setQueryData(
      createConnectQueryKey({ schema, input: {}, transport, cardinality }),
      fresh,
    );
    markSignedIn();
    void client.invalidateQueries();
  };

  return (
    <SessionProvider caller={caller}>
      {session.data?.passwordChangeRequired ? (
        <ForcedChangePage onDone={() => client.invalidateQueries()} />
      ) : (
        <Outlet />
      )}
      <Modal open={signedOut} title={t('signIn.again')} footer={null} closable={false} width={420}>
        <p className="muted">{t('signIn.againWhy')}</p>
        <SignInForm onDone={renewed} />
        <Button type="link" block onClick={toSignIn} data-testid="to-sign-in">
          {t('signIn.leave')}
        </Button>
      </Modal>
    </SessionProvider>
  );
}
