// One of the caller's own bookings, opened from the grid.
import { Drawer } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BookingCard } from '@/components/BookingCard';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { useIsPhone } from '@/lib/media';

interface Props {
  booking: Booking | undefined;
  zone: string;
  onClose: () => void;
}

export function BookedSheet({ booking, zone, onClose }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const last = useRef(booking);
  if (booking) last.current = booking;
  return (
    <Drawer
      open={!!booking}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? 'auto' : 420}
      title={t('booking.mine')}
      className="sheet"
    >
      {last.current && (
        <BookingCard booking={last.current} zone={zone} heading="h2" onCancelled={onClose} />
      )}
    </Drawer>
  );
}
