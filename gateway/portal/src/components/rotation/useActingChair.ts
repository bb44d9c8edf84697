import { useQuery } from '@connectrpc/connect-query';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { LIVE } from './live';

// Who acts as chair now. No term covers this moment: `vacant`, and no error.
export function useActingChair() {
  const { alliance } = useWork();
  const query = useQuery(RotationService.method.getActingChair, { parent: alliance }, LIVE);
  const vacant = !!query.error && explain(query.error).reason === 'CHAIR_VACANT';
  return {
    // What was read before the chair fell vacant is not who acts now.
    chair: vacant ? undefined : query.data,
    vacant,
    isPending: query.isPending,
    error: vacant ? null : query.error,
    refetch: query.refetch,
  };
}
