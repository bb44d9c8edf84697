import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { useActOf } from '@/api/useAct';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';

// One act on the rotation.
export function useAct<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: (answer: MessageShape<O>) => string,
) {
  return useActOf(method, [RotationService], said);
}
