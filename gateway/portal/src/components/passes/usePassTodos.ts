import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';

// Passes that wait for the reader's approval.
export function usePassTodos() {
  const { alliance, isLiaison, isStreet } = useWork();
  const enabled = isLiaison || isStreet;
  const query = useQuery(
    BookingService.method.listPasses,
    { parent: alliance, lent: true, state: Pass_State.PENDING },
    { enabled },
  );
  const passes = (enabled && query.data?.passes) || [];
  return {
    passes,
    total: passes.length,
    isPending: enabled && query.isPending,
    error: enabled ? query.error : null,
    refetch: query.refetch,
  };
}
