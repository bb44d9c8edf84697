// Whether the car that stands at the gate may come in.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { Guest } from './Guest';
import '../booking/sheet.css';

export function PlateCheck({ facility, zone }: { facility: string; zone: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [plate, setPlate] = useState('');
  const query = useQuery(
    BookingService.method.checkPlate,
    { name: facility, plate },
    { enabled: !!plate, retry: false, staleTime: 0 },
  );
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (plate === typed.trim()) void query.refetch();
    setPlate(typed.trim());
  };
  const bookings = query.data?.bookings ?? [];
  return (
    <>
      <form className="sheet-form" onSubmit={ask}>
        <label htmlFor={id}>{t('passes.gate.plate')}</label>
        <Input
          id={id}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={12}
          data-testid="gate-plate"
        />
        <Button htmlType="submit" loading={query.isFetching} data-testid="gate-check">
          {t('passes.gate.check')}
        </Button>
      </form>
      <div aria-live="polite" data-testid="gate-answer" data-count={bookings.length}>
        {query.data && bookings.length === 0 && (
          <p className="problem">{t('passes.gate.no', { plate })}</p>
        )}
        {bookings.map((booking) => (
          <Guest key={booking.name} booking={booking} zone={zone} />
        ))}
      </div>
      {plate && <Problem error={query.error} />}
    </>
  );
}
