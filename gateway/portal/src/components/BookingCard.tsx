// A booking as a card: when, where, with what, and the way out of it.
import { Button, type ButtonProps, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelBooking } from '@/api/useCancelBooking';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { yuan } from '@/lib/money';
import { clockRange, dayOf, longDate, monthName, ms } from '@/lib/time';
import { BookingActs } from './bookings/BookingActs';
import { BookingClock } from './bookings/BookingClock';
import { canCancel, isLive, stateKey } from './bookings/states';
import { useAmount } from './bookings/useAmount';
import { Problem } from './Problem';
import { useToast } from './Toast';

interface Props {
  booking: Booking;
  zone: string;
  onCancelled?: () => void;
  // The level of its heading, by where it stands.
  heading?: 'h2' | 'h3';
}

export function BookingCard({ booking, zone, onCancelled, heading: Heading = 'h3' }: Props) {
  const { t, i18n } = useTranslation();
  const { usedWith } = useAmount();
  const [asking, setAsking] = useState(false);
  const start = ms(booking.startTime);
  const end = ms(booking.endTime);
  const state = stateKey(booking);
  const late = booking.state === Booking_State.CONFIRMED && !canCancel(booking, Date.now());
  const kind = FacilityKind[booking.facilityKind] ?? 'UNSPECIFIED';
  const day = dayOf(start, zone);

  return (
    <div
      className="booking"
      data-testid="booking"
      data-state={state}
      data-start={new Date(start).toISOString()}
    >
      <div className="date-block" aria-hidden="true">
        <strong>{Number(day.slice(8))}</strong>
        <span>{monthName(start, zone, i18n.language)}</span>
      </div>
      <div className="booking-text">
        <Heading>{booking.facilityDisplayName}</Heading>
        <p>
          {longDate(start, zone, i18n.language)} <b>{clockRange(start, end, zone)}</b>
        </p>
        <p className="muted">
          {[
            t(`facilities.kind.${kind}`),
            usedWith(booking),
            booking.guests.length > 0 &&
              t('menus.with', { names: booking.guests.join(t('list.comma')) }),
            booking.priceFen > 0n ? yuan(booking.priceFen) : t('booking.free'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <BookingClock booking={booking} zone={zone} />
        {late && <p className="muted">{t('booking.cancelLate')}</p>}
      </div>
      <span className={`tag tag-${state}`}>{t(`booking.is.${state}`)}</span>
      {isLive(booking) && (
        <div className="booking-acts">
          <BookingActs booking={booking} />
          {canCancel(booking, Date.now()) && (
            <Button onClick={() => setAsking(true)} data-testid="cancel-booking">
              {t(`booking.leave.${booking.state === Booking_State.WAITLISTED ? 'line' : 'place'}`)}
            </Button>
          )}
        </div>
      )}
      {asking && (
        <CancelDialog
          booking={booking}
          when={`${longDate(start, zone, i18n.language)} ${clockRange(start, end, zone)}`}
          onClose={(done) => {
            setAsking(false);
            if (done) onCancelled?.();
          }}
        />
      )}
    </div>
  );
}

interface DialogProps {
  booking: Booking;
  when: string;
  onClose: (done: boolean) => void;
}

function CancelDialog({ booking, when, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const cancel = useCancelBooking();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await cancel(booking.name, t('booking.cancelReason'));
      toast({ text: t('booking.cancelled', { place: booking.facilityDisplayName }) });
      onClose(true);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('booking.cancelAsk')}
      onCancel={() => onClose(false)}
      onOk={go}
      confirmLoading={busy}
      okText={t('booking.cancelYes')}
      cancelText={t('booking.cancelNo')}
      okButtonProps={{ 'data-testid': 'confirm-cancel' } as ButtonProps}
      width={420}
    >
      <p>{`${booking.facilityDisplayName} · ${when}`}</p>
      <p className="muted">{t('booking.cancelNote')}</p>
      <Problem error={error} />
    </Modal>
  );
}
