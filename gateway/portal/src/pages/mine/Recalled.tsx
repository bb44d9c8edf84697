// Bookings of mine that were taken back because a place closed, each with other places that
// one tap books.
import { useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import { usePassDays } from '@/components/passes/usePassDays';
import { useToast } from '@/components/Toast';
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { yuan } from '@/lib/money';
import { clockRange, DAY, longDate, MINUTE, ms, stamp } from '@/lib/time';

const KEY = 'jinhuan.recalledSeen';

function seen(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

export function Recalled({ zone }: { zone: string }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [now] = useState(() => stamp(Math.floor(Date.now() / MINUTE) * MINUTE));
  const [done, setDone] = useState(seen);
  const query = useQuery(BookingService.method.listBookings, {
    parent: alliance,
    mine: true,
    state: Booking_State.RECALLED,
    endAfter: now,
    pageSize: 20,
  });
  // Days of my passes too, of the next month.
  const passDays = usePassDays(ms(now), ms(now) + 31 * DAY, 60_000);
  const bookings = [
    ...(query.data?.bookings ?? []),
    ...passDays.filter((one) => one.state === Booking_State.RECALLED),
  ].filter((one) => !done.includes(one.name));
  if (bookings.length === 0) return null;
  const settle = (name: string) => {
    const kept = [...seen(), name].slice(-100);
    localStorage.setItem(KEY, JSON.stringify(kept));
    setDone(kept);
  };
  return (
    <section className="panel" aria-label={t('facilities.recalled.title')}>
      <div className="panel-head">
        <h2>{t('facilities.recalled.title')}</h2>
      </div>
      <ul className="rows">
        {bookings.map((booking) => (
          <li key={booking.name}>
            <RecalledCard booking={booking} zone={zone} onSettled={() => settle(booking.name)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CardProps {
  booking: Booking;
  zone: string;
  onSettled: () => void;
}

function RecalledCard({ booking, zone, onSettled }: CardProps) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const create = useMutation(BookingService.method.createBooking);
  const start = ms(booking.startTime);
  const book = (window: string) => {
    const { startTime, endTime, quantity, plate, member } = booking;
    const wanted = { window, startTime, endTime, quantity, plate, member };
    create.mutate(
      { parent: alliance, booking: wanted, requestId: requestId.idFor([booking.name, window]) },
      {
        onSuccess: (made) => {
          toast({ text: t('facilities.recalled.booked', { place: made.facilityDisplayName }) });
          onSettled();
        },
        onSettled: () => refresh(queries, BookingService),
      },
    );
  };
  return (
    <div className="window-card" data-testid="recalled">
      <h3>{booking.facilityDisplayName}</h3>
      <p>
        {longDate(start, zone, i18n.language)} <b>{clockRange(start, ms(booking.endTime), zone)}</b>
      </p>
      <p className="muted">{t('facilities.recalled.why', { why: booking.cancelReason })}</p>
      <p className="row-actions">
        {booking.alternatives.map((one) => (
          <Button
            key={one.window}
            loading={create.isPending}
            onClick={() => book(one.window)}
            data-testid="rebook"
          >
            {[
              t('facilities.recalled.rebook', { place: one.facilityDisplayName }),
              one.distanceM > 0 && t('facilities.recalled.metres', { n: one.distanceM }),
              one.priceFen > 0n && yuan(one.priceFen),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Button>
        ))}
        <Button type="text" onClick={onSettled} data-testid="recalled-seen">
          {t('facilities.recalled.seen')}
        </Button>
      </p>
      {booking.alternatives.length === 0 && (
        <p className="muted">{t('facilities.recalled.none')}</p>
      )}
      <Problem error={create.error} />
    </div>
  );
}
