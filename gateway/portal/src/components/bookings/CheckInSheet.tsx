// Checking in: show the QR code to whoever lends the place, or type what is shown there.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { Failure } from '@/components/Failure';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { QrCode } from './QrCode';
import { useStep } from './useStep';

interface Props {
  booking: Booking;
  open: boolean;
  onClose: () => void;
}

export function CheckInSheet({ booking, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('booking.checkIn.title')} onClose={onClose}>
      <div className="check-in">
        <Token booking={booking} />
        <CodeForm booking={booking} onDone={onClose} />
      </div>
    </Sheet>
  );
}

// A token is good for two minutes; the next is fetched after one.
function Token({ booking }: { booking: Booking }) {
  const { t } = useTranslation();
  const query = useQuery(
    BookingService.method.getCheckInToken,
    { name: booking.name },
    { refetchInterval: 60_000, staleTime: 0, gcTime: 0 },
  );
  if (query.error) {
    return <Failure text={explain(query.error).text} retry={() => query.refetch()} />;
  }
  return (
    <figure className="check-in-code">
      {query.data && (
        <QrCode text={`${booking.name} ${query.data.token}`} label={t('booking.checkIn.qr')} />
      )}
      <figcaption className="muted">{t('booking.checkIn.show')}</figcaption>
    </figure>
  );
}

function CodeForm({ booking, onDone }: { booking: Booking; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [code, setCode] = useState('');
  const step = useStep(BookingService.method.checkIn, t('booking.checkIn.done'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    step.send({ name: booking.name, code: code.trim() }, onDone);
  };
  return (
    <form className="sheet-form" onSubmit={submit}>
      <label htmlFor={id}>{t('booking.checkIn.code')}</label>
      <Input
        id={id}
        value={code}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        onChange={(event) => setCode(event.target.value)}
        data-testid="check-in-code"
      />
      <Problem error={step.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        disabled={code.trim().length !== 6}
        loading={step.isPending}
        data-testid="confirm-check-in"
      >
        {t('booking.checkIn.do')}
      </Button>
    </form>
  );
}
