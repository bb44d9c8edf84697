import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { DEFAULT_ZONE } from '@/lib/time';

// The alliance that the pages are about, and the zone that its days are meant
// in; it is known before the alliance is, because nearly all are in one zone.
export function useAlliance() {
  const { alliance } = useWork();
  const query = useQuery(
    AllianceService.method.getAlliance,
    { name: alliance },
    { staleTime: 60_000 },
  );
  return { alliance: query.data, zone: query.data?.timeZone || DEFAULT_ZONE };
}
