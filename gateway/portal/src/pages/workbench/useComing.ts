import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useWork } from '@/app/session';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { MINUTE, stamp } from '@/lib/time';

// My bookings that are not over. By the hour: the workbench and what is in it
// ask the same, so that they share one answer.
export function useComing() {
  const { alliance } = useWork();
  const [now] = useState(() => stamp(Math.floor(Date.now() / (60 * MINUTE)) * 60 * MINUTE));
  return useQuery(BookingService.method.listBookings, {
    parent: alliance,
    mine: true,
    state: Booking_State.CONFIRMED,
    endAfter: now,
    pageSize: 200,
  });
}
