// Someone who is expected, or is here: checked in by sight, and out.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { BookingClock } from '@/components/bookings/BookingClock';
import { canCheckIn, stateKey } from '@/components/bookings/states';
import { useAmount } from '@/components/bookings/useAmount';
import { useStep } from '@/components/bookings/useStep';
import { Problem } from '@/components/Problem';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { clockRange, ms } from '@/lib/time';

export function Guest({ booking, zone }: { booking: Booking; zone: string }) {
  const { t } = useTranslation();
  const { usedWith } = useAmount();
  const enter = useStep(BookingService.method.checkIn, t('booking.checkIn.done'));
  const leave = useStep(BookingService.method.checkOut, t('booking.checkedOut'));
  const state = stateKey(booking);
  return (
    <div className="todo-item" data-testid="guest" data-state={state}>
      <div className="todo-text">
        <h3>{usedWith(booking)}</h3>
        <p>
          <b>{clockRange(ms(booking.startTime), ms(booking.endTime), zone)}</b>{' '}
          <span className={`tag tag-${state}`}>{t(`booking.is.${state}`)}</span>
        </p>
        <BookingClock booking={booking} zone={zone} />
        <Problem error={enter.error ?? leave.error} />
      </div>
      <div className="booking-acts">
        {canCheckIn(booking, Date.now()) && (
          <Button
            type="primary"
            loading={enter.isPending}
            onClick={() => enter.send({ name: booking.name })}
            data-testid="guest-in"
          >
            {t('booking.checkIn.do')}
          </Button>
        )}
        {booking.state === Booking_State.CHECKED_IN && (
          <Button
            loading={leave.isPending}
            onClick={() => leave.send({ name: booking.name })}
            data-testid="guest-out"
          >
            {t('booking.checkOut')}
          </Button>
        )}
      </div>
    </div>
  );
}
