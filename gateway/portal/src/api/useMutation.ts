// A change that is sent once: what is asked for again while it is under way, or by the
// second click of a double click when it has gone through already, is the same wish. It is
// not sent, and its outcome is told once.
import type { DescMessage, DescMethodUnary } from '@bufbuild/protobuf';
import {
  type UseMutationOptions,
  useMutation as useConnectMutation,
} from '@connectrpc/connect-query';
import { useCallback, useMemo, useRef } from 'react';
import { fingerprint } from './requestId';

// How many clicks the latest one is in a row on one spot, as the browser counts them.
let clicks = 0;
window.addEventListener(
  'click',
  (event) => {
    clicks = event.detail;
  },
  { capture: true },
);

// Tells a second click from a second wish.
export function useOnce() {
  const last = useRef({ intent: '', open: false });
  return useMemo(
    () => ({
      // False: this is the same wish.
      begin(body: object): boolean {
        const intent = intentOf(body);
        const { current } = last;
        if (current.intent === intent && (current.open || clicks > 1)) return false;
        last.current = { intent, open: true };
        return true;
      },
      // What did not go through may be tried again at once.
      end(body: object, failed: boolean): void {
        if (last.current.intent !== intentOf(body)) return;
        last.current = { intent: failed ? '' : last.current.intent, open: false };
      },
    }),
    [],
  );
}

// The id changes with each time that it went through, the intent does not.
const intentOf = (body: object) => fingerprint({ ...body, requestId: undefined });

export function useMutation<I extends DescMessage, O extends DescMessage, Context = unknown>(
  method: DescMethodUnary<I, O>,
  options: UseMutationOptions<I, O, Context> = {},
) {
  const once = useOnce();
  const mutation = useConnectMutation<I, O, Context>(method, {
    ...options,
    onSettled: (...settled) => {
      const [, error, body] = settled;
      once.end(body as object, !!error);
      return options.onSettled?.(...settled);
    },
  });
  // The same function from one drawing to the next, as the library's own is: an effect may send.
  const { mutate: send } = mutation;
  const mutate = useCallback<typeof send>(
    (...sent) => {
      if (once.begin((sent[0] ?? {}) as object)) send(...sent);
    },
    [once, send],
  );
  return { ...mutation, mutate } as Omit<typeof mutation, 'mutateAsync'>;
}
