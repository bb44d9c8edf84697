// What a scanner reads off a booker's QR code: scanners type it and press Enter.
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStep } from '@/components/bookings/useStep';
import { Problem } from '@/components/Problem';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';

export function Scan() {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const step = useStep(BookingService.method.checkIn, t('booking.checkIn.done'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [name = '', token = ''] = text.trim().split(/\s+/);
    step.send({ name, token }, () => setText(''));
  };
  return (
    <form className="sheet-form" onSubmit={submit}>
      <label htmlFor={id}>{t('reception.scan')}</label>
      <Input
        id={id}
        value={text}
        autoComplete="off"
        spellCheck={false}
        maxLength={400}
        onChange={(event) => setText(event.target.value)}
        data-testid="scan"
      />
      <Problem error={step.error} />
      <Button
        htmlType="submit"
        disabled={!/\s/.test(text.trim())}
        loading={step.isPending}
        data-testid="confirm-scan"
      >
        {t('booking.checkIn.do')}
      </Button>
    </form>
  );
}
