// What its booker can do with a booking as it is now, the likeliest first.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { AcceptOffer } from './AcceptOffer';
import { CheckInSheet } from './CheckInSheet';
import { PlateSheet } from './PlateSheet';
import { canChangePlate, canCheckIn } from './states';
import { useStep } from './useStep';
import './bookings.css';

export function BookingActs({ booking }: { booking: Booking }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'check-in' | 'plate' | null>(null);
  const leave = useStep(BookingService.method.checkOut, t('booking.checkedOut'));
  const now = Date.now();
  const close = () => setOpen(null);
  return (
    <>
      {booking.state === Booking_State.OFFERED && <AcceptOffer booking={booking} />}
      {canCheckIn(booking, now) && (
        <Button type="primary" onClick={() => setOpen('check-in')} data-testid="check-in">
          {t('booking.checkIn.do')}
        </Button>
      )}
      {booking.state === Booking_State.CHECKED_IN && (
        <Button
          type="primary"
          loading={leave.isPending}
          onClick={() => leave.send({ name: booking.name })}
          data-testid="check-out"
        >
          {t('booking.checkOut')}
        </Button>
      )}
      {canChangePlate(booking, now) && (
        <Button onClick={() => setOpen('plate')} data-testid="change-plate">
          {t('booking.plateChange')}
        </Button>
      )}
      <Problem error={leave.error} />
      <CheckInSheet booking={booking} open={open === 'check-in'} onClose={close} />
      <PlateSheet booking={booking} open={open === 'plate'} onClose={close} />
    </>
  );
}
