// Bookings of what the reader's unit lends that wait for its word, as to-dos: approved
// with one click, refused with a reason.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Problem } from '@/components/Problem';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { clockRange, longDate, ms } from '@/lib/time';
import { BookingClock } from './BookingClock';
import { useApprovals } from './useApprovals';
import { useStep } from './useStep';
import './bookings.css';

export function ApprovalTodos() {
  const { approvals } = useApprovals();
  return approvals.map((booking) => <Approval key={booking.name} booking={booking} />);
}

function Approval({ booking }: { booking: Booking }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const unitName = useUnitName();
  const [refusing, setRefusing] = useState(false);
  const approve = useStep(BookingService.method.approveBooking, t('booking.approve.done'));
  const reject = useStep(BookingService.method.rejectBooking, t('booking.reject.done'));
  const start = ms(booking.startTime);
  return (
    <li className="todo-item todo-wide" data-testid="todo-approval">
      <div className="todo-text">
        <span className="tag tag-kind">{t('booking.approve.kind')}</span>
        <h3>{booking.facilityDisplayName}</h3>
        <p className="muted">
          {[
            booking.member ? unitName(booking.member) : t('booking.approve.person'),
            longDate(start, zone, i18n.language),
            clockRange(start, ms(booking.endTime), zone),
            booking.plate || t('booking.portions', { n: booking.quantity }),
          ].join(' · ')}
        </p>
        <BookingClock booking={booking} zone={zone} />
        <Problem error={approve.error} />
      </div>
      <div className="booking-acts">
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
      </div>
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
    </li>
  );
}
