// A booking as a to-do: where, when and with what, what the clock will do to it, and beside
// it what can be done at once.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { TodoItem } from '@/components/TodoItem';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { clockRange, longDate, ms } from '@/lib/time';
import { BookingClock } from './BookingClock';
import { useAmount } from './useAmount';
import './bookings.css';

interface Props {
  booking: Booking;
  kind: string;
  to?: string;
  // Who booked, where that is another than the reader.
  who?: string;
  error?: unknown;
  testId: string;
  children: ReactNode;
}

export function BookingTodo({ booking, kind, to, who, error, testId, children }: Props) {
  const { i18n } = useTranslation();
  const { usedWith } = useAmount();
  const { zone } = useAlliance();
  const start = ms(booking.startTime);
  return (
    <TodoItem
      kind={kind}
      to={to}
      title={booking.facilityDisplayName}
      facts={[
        who,
        longDate(start, zone, i18n.language),
        clockRange(start, ms(booking.endTime), zone),
        usedWith(booking),
      ]}
      note={<BookingClock booking={booking} zone={zone} />}
      error={error}
      wide
      testId={testId}
    >
      <div className="booking-acts">{children}</div>
    </TodoItem>
  );
}
