// What the clock will do to a booking, in words.
import { useTranslation } from 'react-i18next';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { clock, dayOf, deadline, ms } from '@/lib/time';

export function BookingClock({ booking, zone }: { booking: Booking; zone: string }) {
  const { t, i18n } = useTranslation();
  const time = (at: number) =>
    dayOf(at, zone) === dayOf(Date.now(), zone)
      ? `${t('booking.today')} ${clock(at, zone)}`
      : deadline(at, zone, i18n.language);
  const text = (): string => {
    switch (booking.state) {
      case Booking_State.PENDING:
        return t('booking.clock.pending', { time: time(ms(booking.expireTime)) });
      case Booking_State.OFFERED:
        return t('booking.clock.offered', { time: time(ms(booking.expireTime)) });
      case Booking_State.WAITLISTED:
        return t('booking.clock.waitlisted', { n: booking.waitlistPosition });
      case Booking_State.CONFIRMED:
        return booking.checkInDeadline
          ? t('booking.clock.confirmed', { time: time(ms(booking.checkInDeadline)) })
          : '';
      case Booking_State.CHECKED_IN:
        return t(booking.overstayed ? 'booking.clock.overstayed' : 'booking.clock.checkedIn', {
          time: time(ms(booking.endTime)),
        });
      default:
        return booking.cancelReason ? t('booking.cancelledWhy', { why: booking.cancelReason }) : '';
    }
  };
  const shown = text();
  if (!shown) return null;
  return (
    <p className={booking.overstayed ? 'booking-clock booking-late' : 'booking-clock'}>{shown}</p>
  );
}
