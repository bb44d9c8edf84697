import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { ms } from '@/lib/time';

// Places that came up from the waiting line and are held for the reader for a while; what
// is lost first comes first.
export function useOffers() {
  const { alliance } = useWork();
  const query = useQuery(
    BookingService.method.listBookings,
    { parent: alliance, mine: true, state: Booking_State.OFFERED, pageSize: 500 },
    { refetchInterval: 60_000 },
  );
  // One that the clock has ended is told as it is now.
  const offers = (query.data?.bookings ?? [])
    .filter((one) => one.state === Booking_State.OFFERED)
    .sort((a, b) => ms(a.expireTime) - ms(b.expireTime));
  return {
    offers,
    total: offers.length,
    isPending: query.isPending,
    error: query.error,
    refetch: query.refetch,
  };
}
