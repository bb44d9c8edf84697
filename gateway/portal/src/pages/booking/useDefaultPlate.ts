import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { rememberedPlate } from '@/lib/plate';

// The plate to offer: the one of this browser, else that of the latest booking
// anywhere; '' when there was none.
export function useDefaultPlate(wanted: boolean): string {
  const { alliance } = useWork();
  const remembered = rememberedPlate();
  const latest = useQuery(
    BookingService.method.listBookings,
    { parent: alliance, mine: true, pageSize: 20 },
    { enabled: wanted && !remembered, staleTime: 60_000 },
  );
  return remembered || latest.data?.bookings.find((booking) => booking.plate)?.plate || '';
}
