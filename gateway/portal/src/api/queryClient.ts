import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, isTransient } from './errors';

// `onSignedOut` runs whenever the server says that the session is over.
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  const retry = (failures: number, error: unknown) => failures < 2 && isTransient(error);
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry, staleTime: 5_000, refetchOnWindowFocus: 'always' },
      // A retried mutation carries the same request id, so it happens once.
      mutations: { retry },
    },
  });
}
