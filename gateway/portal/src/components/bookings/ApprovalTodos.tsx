// Bookings of what the reader's unit lends that wait for its word, as to-dos: approved
// with one click, refused with a reason.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnitName } from '@/components/exchange/useUnitName';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { BookingTodo } from './BookingTodo';
import { useApprovals } from './useApprovals';
import { useStep } from './useStep';

export function ApprovalTodos() {
  const { approvals } = useApprovals();
  return approvals.map((booking) => <Approval key={booking.name} booking={booking} />);
}

function Approval({ booking }: { booking: Booking }) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const [refusing, setRefusing] = useState(false);
  const approve = useStep(BookingService.method.approveBooking, t('booking.approve.done'));
  const reject = useStep(BookingService.method.rejectBooking, t('booking.reject.done'));
  return (
    <BookingTodo
      booking={booking}
      kind={t('booking.approve.kind')}
      who={booking.member ? unitName(booking.member) : t('booking.approve.person')}
      error={approve.error}
      testId="todo-approval"
    >
      <Button
        type="primary"
        loading={approve.isPending}
        onClick={() => approve.send({ name: booking.name })}
        data-testid="approve-booking"
      >
        {t('booking.approve.do')}
      </Button>
      <Button onClick={() => setRefusing(true)} data-testid="reject-booking">
        {t('booking.reject.do')}
      </Button>
      <ReasonSheet
        open={refusing}
        title={t('booking.reject.title')}
        what={t('booking.reject.what')}
        confirm={t('booking.reject.do')}
        danger
        busy={reject.isPending}
        error={reject.error}
        onConfirm={(reason) =>
          reject.send({ name: booking.name, reason }, () => setRefusing(false))
        }
        onClose={() => setRefusing(false)}
      />
    </BookingTodo>
  );
}
