// A change that is sent once: what is asked for again while it is under way, or within
// the time of a double click after it went through, is the same click. It is not sent,
// and its outcome is told once.
import type { DescMessage, DescMethodUnary } from '@bufbuild/protobuf';
import {
  type UseMutationOptions,
  useMutation as useConnectMutation,
} from '@connectrpc/connect-query';
import { useRef } from 'react';
import { fingerprint } from './requestId';

const DOUBLE_CLICK = 500; // ms, what systems take for one

// Tells a second click from a second wish.
export function useOnce() {
  const last = useRef({ intent: '', until: 0 });
  return {
    // False: this is the same click.
    begin(body: object): boolean {
      const intent = intentOf(body);
      if (last.current.intent === intent && last.current.until > performance.now()) return false;
      last.current = { intent, until: Number.POSITIVE_INFINITY };
      return true;
    },
    // What did not go through may be tried again at once.
    end(body: object, failed: boolean): void {
      if (last.current.intent !== intentOf(body)) return;
      last.current.until = failed ? 0 : performance.now() + DOUBLE_CLICK;
    },
  };
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
  const mutate: typeof mutation.mutate = (...sent) => {
    if (once.begin((sent[0] ?? {}) as object)) mutation.mutate(...sent);
  };
  return { ...mutation, mutate } as Omit<typeof mutation, 'mutateAsync'>;
}
