import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { useActOf } from '@/api/useAct';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';

// One act on requests.
export function useAct<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: (answer: MessageShape<O>) => string,
) {
  return useActOf(method, [RequestService], said);
}
