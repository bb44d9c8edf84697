// Takes the place that came up from the waiting line.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { useStep } from './useStep';

export function AcceptOffer({ booking }: { booking: Booking }) {
  const { t } = useTranslation();
  const accept = useStep(BookingService.method.acceptOffer, t('booking.accepted'));
  return (
    <>
      <Button
        type="primary"
        loading={accept.isPending}
        onClick={() => accept.send({ name: booking.name })}
        data-testid="accept-offer"
      >
        {t('booking.accept')}
      </Button>
      <Problem error={accept.error} />
    </>
  );
}
