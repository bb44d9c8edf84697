// Another plate for a parking booking, until it begins.
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { isPlate, normalizePlate, rememberPlate } from '@/lib/plate';
import { useStep } from './useStep';

interface Props {
  booking: Booking;
  open: boolean;
  onClose: () => void;
}

export function PlateSheet({ booking, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('booking.plateChange')} onClose={onClose}>
      <PlateForm booking={booking} onDone={onClose} />
    </Sheet>
  );
}

function PlateForm({ booking, onDone }: { booking: Booking; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [plate, setPlate] = useState(booking.plate);
  const [wrong, setWrong] = useState(false);
  const step = useStep(BookingService.method.changePlate, t('booking.plateChanged'));
  const violation = step.error ? explain(step.error).violations[0]?.text : undefined;
  const bad = wrong ? t('booking.plateInvalid') : violation;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWrong(!isPlate(plate));
    if (!isPlate(plate)) return;
    rememberPlate(plate);
    step.send({ name: booking.name, plate: normalizePlate(plate) }, onDone);
  };
  return (
    <form className="sheet-form" onSubmit={submit} noValidate>
      <label htmlFor={id}>{t('booking.plate')}</label>
      <Input
        id={id}
        value={plate}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={12}
        status={bad ? 'error' : ''}
        aria-invalid={!!bad}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setPlate(event.target.value);
          setWrong(false);
        }}
        data-testid="new-plate"
      />
      <p id={`${id}-note`} className={bad ? 'field-error' : 'muted'}>
        {bad ?? t('booking.plateHint')}
      </p>
      <Problem error={violation ? null : step.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={step.isPending}
        data-testid="confirm-plate"
      >
        {t('booking.plateChange')}
      </Button>
    </form>
  );
}
