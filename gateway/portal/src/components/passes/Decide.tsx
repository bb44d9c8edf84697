// The lender's word on a pass: approved with one click, refused with a reason.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStep } from '@/components/bookings/useStep';
import { Problem } from '@/components/Problem';
import { ReasonSheet } from '@/components/ReasonSheet';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';

export function Decide({ name }: { name: string }) {
  const { t } = useTranslation();
  const [refusing, setRefusing] = useState(false);
  const approve = useStep(BookingService.method.approvePass, t('passes.approved'));
  const reject = useStep(BookingService.method.rejectPass, t('passes.rejected'));
  return (
    <div className="booking-acts">
      <Button
        type="primary"
        loading={approve.isPending}
        onClick={() => approve.send({ name })}
        data-testid="approve-pass"
      >
        {t('booking.approve.do')}
      </Button>
      <Button onClick={() => setRefusing(true)} data-testid="reject-pass">
        {t('booking.reject.do')}
      </Button>
      <Problem error={approve.error} />
      <ReasonSheet
        open={refusing}
        title={t('passes.rejectTitle')}
        what={t('passes.rejectWhat')}
        confirm={t('booking.reject.do')}
        danger
        busy={reject.isPending}
        error={reject.error}
        onConfirm={(reason) => reject.send({ name, reason }, () => setRefusing(false))}
        onClose={() => setRefusing(false)}
      />
    </div>
  );
}
