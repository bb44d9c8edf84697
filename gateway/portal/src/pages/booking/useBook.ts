// Books, and offers for ten seconds to take it back.

import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useCancelBooking } from '@/api/useCancelBooking';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { useToast } from '@/components/Toast';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { clockRange, ms, stamp } from '@/lib/time';

export interface Wanted {
  window: string;
  start: number;
  end: number;
  quantity: number;
  plate: string;
  // Of a meal, those who come along, by name.
  guests: string[];
  member: string;
  // Waits in line if there is no place.
  wait: boolean;
}

// What came of it: a booking, one that waits for approval, a place in line.
function madeKey(made: Booking): 'booked' | 'pending' | 'waiting' {
  if (made.state === Booking_State.WAITLISTED) return 'waiting';
  return made.state === Booking_State.PENDING ? 'pending' : 'booked';
}

export function useBook(zone: string, onBooked: () => void) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const toast = useToast();
  const queries = useQueryClient();
  const cancel = useCancelBooking();
  const requestId = useRequestId();
  const create = useMutation(BookingService.method.createBooking);

  const undo = async (booking: Booking) => {
    try {
      await cancel(booking.name, t('booking.undoReason'));
      toast({ text: t('booking.undone') });
    } catch (error) {
      toast({ text: explain(error).text, tone: 'bad' });
    }
  };

  const book = ({ window, start, end, quantity, plate, guests, member, wait }: Wanted) => {
    const booking = {
      window,
      startTime: stamp(start),
      endTime: stamp(end),
      quantity,
      plate,
      guests,
      member,
    };
    create.mutate(
      {
        parent: alliance,
        booking,
        joinWaitlist: wait,
        requestId: requestId.idFor({ ...booking, wait }),
      },
      {
        onSuccess: (made) => {
          requestId.done();
          const time = clockRange(ms(made.startTime), ms(made.endTime), zone);
          const text = t(`booking.made.${madeKey(made)}`, {
            place: made.facilityDisplayName,
            time,
          });
          const deadline = ms(made.cancelDeadline);
          const undoable = !deadline || deadline > Date.now() + 10_000;
          const action = { label: t('action.undo'), run: () => void undo(made), testId: 'undo' };
          toast(undoable ? { text, action } : { text });
          onBooked();
        },
        // Whatever came back, what is free is not what it was.
        onSettled: () => refresh(queries, BookingService),
      },
    );
  };
  return { book, error: create.error, isPending: create.isPending, reset: create.reset };
}
