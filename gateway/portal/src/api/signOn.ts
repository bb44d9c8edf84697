// Signing in by a provider: what this tab remembers while the browser is there.
import { useMutation } from '@/api/useMutation';
import { SignOnService } from '@/gen/jinhuan/alliance/v1/sign_on_service_pb';

const KEY = 'jinhuan.signOn';

interface Begun {
  ticket: string;
  purpose: 'signIn' | 'link';
  to: string;
}

// Goes to the provider, from where the browser comes back to /sign-on.
export function useSignOn(purpose: Begun['purpose'], to: string) {
  const begin = useMutation(SignOnService.method.beginSignOn, {
    onSuccess: ({ authorizationUrl, ticket }) => {
      const begun: Begun = { ticket, purpose, to };
      sessionStorage.setItem(KEY, JSON.stringify(begun));
      window.location.assign(authorizationUrl);
    },
  });
  return { go: () => begin.mutate({}), error: begin.error, isPending: begin.isPending };
}

// What was begun in this tab, once.
export function takeBegun(): Begun | undefined {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text ? (JSON.parse(text) as Begun) : undefined;
}
