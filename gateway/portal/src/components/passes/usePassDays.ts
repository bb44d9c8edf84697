import { createQueryOptions, useQuery, useTransport } from '@connectrpc/connect-query';
import { useQueries } from '@tanstack/react-query';
import { useWork } from '@/app/session';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';
import { stamp } from '@/lib/time';

// Outside of the hook: the same answers make the same list.
const together = (answers: { data?: { bookings: Booking[] } | undefined }[]): Booking[] =>
  answers.flatMap((answer) => answer.data?.bookings ?? []);

// The days of my passes in an interval: they are not among the bookings that I made.
export function usePassDays(from: number, to: number, every: number | false): Booking[] {
  const { alliance } = useWork();
  const transport = useTransport();
  const passes = useQuery(
    BookingService.method.listPasses,
    { parent: alliance, mine: true, state: Pass_State.ACTIVE },
    { refetchInterval: every },
  );
  return useQueries({
    queries: (passes.data?.passes ?? []).map((pass) => ({
      ...createQueryOptions(
        BookingService.method.listBookings,
        {
          parent: alliance,
          pass: pass.name,
          endAfter: stamp(from),
          startBefore: stamp(to),
          pageSize: 200,
        },
        { transport },
      ),
      refetchInterval: every,
    })),
    combine: together,
  });
}
