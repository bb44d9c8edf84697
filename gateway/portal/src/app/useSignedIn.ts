// What is done once a session has begun, by whichever way.
import { createConnectQueryKey, useTransport } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { markSignedIn } from '@/app/signedOut';
import { AuthService, type Session } from '@/gen/jinhuan/alliance/v1/auth_service_pb';

// Only an address of the portal itself: `//elsewhere` would leave it.
function safe(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/workbench';
}

// Forgets what was known before, keeps the session and goes on to `to`.
export function useSignedIn() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const transport = useTransport();
  return (session: Session | undefined, to: string | null) => {
    client.clear();
    const schema = AuthService.method.getSession;
    const key = createConnectQueryKey({ schema, input: {}, transport, cardinality: 'finite' });
    client.setQueryData(key, session);
    markSignedIn();
    navigate(safe(to), { replace: true });
  };
}
