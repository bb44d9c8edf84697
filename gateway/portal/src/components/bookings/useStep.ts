// One step of a booking: sent with a request id that stays through retries, said when
// it is done, and whatever it may have moved is read again.
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { useQueryClient } from '@tanstack/react-query';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useToast } from '@/components/Toast';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';

export function useStep<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: string | ((answer: MessageShape<O>) => string),
) {
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const mutation = useMutation(method, {
    onSuccess: (answer) => {
      requestId.done();
      toast({ text: typeof said === 'string' ? said : said(answer) });
    },
    onSettled: () => refresh(queries, BookingService),
  });
  return {
    send(body: object, done?: (answer: MessageShape<O>) => void) {
      const request = { ...body, requestId: requestId.idFor(body) };
      mutation.mutate(request as unknown as MessageInitShape<I>, { onSuccess: done });
    },
    error: mutation.error,
    isPending: mutation.isPending,
  };
}
