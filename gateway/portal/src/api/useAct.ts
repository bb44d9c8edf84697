// One act: sends it with a request id that stays through retries, says that it
// is done, and reads again what it may have moved.
import type {
  DescMessage,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { useQueryClient } from '@tanstack/react-query';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useToast } from '@/components/Toast';

export function useActOf<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  services: readonly DescService[],
  said: (answer: MessageShape<O>) => string,
) {
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const mutation = useMutation(method, {
    onSuccess: (answer) => {
      requestId.done();
      toast({ text: said(answer) });
    },
    onSettled: () => refresh(queries, ...services),
  });
  return {
    send(
      body: object,
      done?: (answer: MessageShape<O>) => void,
      failed?: (error: unknown) => void,
    ) {
      const request = {
        ...body,
        requestId: requestId.idFor(body),
      } as unknown as MessageInitShape<I>;
      mutation.mutate(request, { onSuccess: done, onError: failed });
    },
    error: mutation.error,
    isPending: mutation.isPending,
    reset: mutation.reset,
  };
}
