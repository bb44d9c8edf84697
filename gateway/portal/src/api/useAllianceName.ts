// What an alliance is called, by its resource name: those that the reader may see by their
// display names, others by the last part.
import { useQuery } from '@connectrpc/connect-query';
import { useCallback } from 'react';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { idOf } from '@/lib/names';

export function useAllianceName(enabled = true): (name: string) => string {
  const query = useQuery(
    AllianceService.method.listAlliances,
    { pageSize: 1000 },
    { enabled, staleTime: 600_000 },
  );
  const alliances = query.data?.alliances;
  return useCallback(
    (name) => alliances?.find((one) => one.name === name)?.displayName || idOf(name),
    [alliances],
  );
}
