import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { LIVE } from './live';

// The state of the rotation: pool, seeds and, for the street, the draft.
export function useRotation({ enabled = true } = {}) {
  const { alliance } = useWork();
  return useQuery(
    RotationService.method.getRotation,
    { name: `${alliance}/rotation` },
    { ...LIVE, enabled },
  );
}
