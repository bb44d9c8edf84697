import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { Handover_State } from '@/gen/jinhuan/meeting/v1/handover_pb';
import { HandoverService } from '@/gen/jinhuan/meeting/v1/handover_service_pb';
import { DAY, ms } from '@/lib/time';
import { unsignedBy } from './words';

// So many days before the boundary a handover can be signed.
const EARLIEST = 30;

// The handovers that wait for the signature of the reader's unit.
export function useHandoverTodos() {
  const { alliance, member, isLiaison } = useWork();
  const signs = isLiaison && member !== '';
  const query = useQuery(
    HandoverService.method.listHandovers,
    { parent: alliance, pageSize: 20 },
    { refetchInterval: 60_000, enabled: signs },
  );
  const handovers = ((signs && query.data?.handovers) || [])
    .filter((one) => one.state !== Handover_State.SIGNED && unsignedBy(one, member))
    .filter((one) => ms(one.boundaryTime) <= Date.now() + EARLIEST * DAY);
  return {
    handovers,
    total: handovers.length,
    isPending: signs && query.isPending,
    error: signs ? query.error : null,
    refetch: query.refetch,
  };
}
