import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';

// Bookings that wait for the reader's approval; the first to begin comes first.
export function useApprovals() {
  const { alliance, isLiaison, isStreet } = useWork();
  const enabled = isLiaison || isStreet;
  const query = useQuery(
    BookingService.method.listBookings,
    { parent: alliance, lent: true, state: Booking_State.PENDING, pageSize: 500 },
    { enabled },
  );
  // One that the clock has ended is told as it is now; a day of a pass is decided with it.
  const approvals = ((enabled && query.data?.bookings) || [])
    .filter((one) => one.state === Booking_State.PENDING && !one.pass)
    .reverse();
  return {
    approvals,
    total: approvals.length,
    isPending: enabled && query.isPending,
    error: enabled ? query.error : null,
    refetch: query.refetch,
  };
}
