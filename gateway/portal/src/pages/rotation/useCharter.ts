import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';

// The charter in force.
export function useCharter() {
  const { alliance } = useWork();
  return useQuery(
    CharterService.method.getCharter,
    { name: `${alliance}/charters/-` },
    { staleTime: 60_000 },
  );
}
