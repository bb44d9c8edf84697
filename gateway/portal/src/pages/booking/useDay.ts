// What a day looks like: what is free, and what of it is mine.
import { useQuery } from '@connectrpc/connect-query';
import { useMemo } from 'react';
import { useWork } from '@/app/session';
import { usePassDays } from '@/components/passes/usePassDays';
import { buildDay } from '@/components/slots/model';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import type { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { addDays, instant, stamp } from '@/lib/time';

// Others book meanwhile; the live stream is still to come.
const EVERY = 15_000;

export function useDay(kind: FacilityKind, day: string, zone: string, pageToken: string) {
  const { alliance } = useWork();
  const start = stamp(instant(day, 0, zone));
  const end = stamp(instant(addDays(day, 1), 0, zone));
  const availability = useQuery(
    BookingService.method.searchAvailability,
    { parent: alliance, startTime: start, endTime: end, kind, pageSize: 50, pageToken },
    { refetchInterval: EVERY },
  );
  const bookings = useQuery(
    BookingService.method.listBookings,
    {
      parent: alliance,
      mine: true,
      endAfter: start,
      pageSize: 500,
    },
    { refetchInterval: EVERY },
  );
  const byLot = availability.data?.facilities.some((one) =>
    one.slots.some((slot) => slot.lotteryCloseTime),
  );
  const requests = useQuery(
    LotteryService.method.listLotteryRequests,
    { parent: alliance, endAfter: start, pageSize: 500 },
    { refetchInterval: EVERY, enabled: !!byLot },
  );
  const passDays = usePassDays(instant(day, 0, zone), instant(addDays(day, 1), 0, zone), EVERY);
  const { mine, grid } = useMemo(() => {
    const held = [...(bookings.data?.bookings ?? []), ...passDays];
    const open = availability.data?.facilities ?? [];
    return { mine: held, grid: buildDay(open, held, day, requests.data?.lotteryRequests) };
  }, [availability.data, bookings.data, passDays, requests.data, day]);
  return {
    grid,
    bookings: mine,
    nextPageToken: availability.data?.nextPageToken,
    error: availability.error ?? bookings.error,
    isLoading: availability.isPending || bookings.isPending,
    refetch: () => Promise.all([availability.refetch(), bookings.refetch()]),
  };
}
