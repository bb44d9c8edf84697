// How much of a facility is booked in the coming week, day by day.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { Panel } from '@/components/Panel';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { addDays, dayOf, instant, longDate, ms, stamp } from '@/lib/time';

export function Use({ facility, zone }: { facility: string; zone: string }) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const [today] = useState(() => dayOf(Date.now(), zone));
  const week = Array.from({ length: 7 }, (_, i) => addDays(today, i));
  const query = useQuery(
    BookingService.method.searchAvailability,
    {
      parent: alliance,
      facility,
      startTime: stamp(instant(today, 0, zone)),
      endTime: stamp(instant(addDays(today, 7), 0, zone)),
    },
    { refetchInterval: 15_000 },
  );
  const slots = query.data?.facilities.flatMap((one) => one.slots) ?? [];
  if (slots.length === 0) return null;
  const rows = week.map((day) => {
    const own = slots.filter((slot) => dayOf(ms(slot.startTime), zone) === day);
    const places = own.reduce((sum, slot) => sum + slot.capacity, 0);
    return { day, places, used: places - own.reduce((sum, slot) => sum + slot.free, 0) };
  });
  return (
    <Panel title={t('facilities.use.title')}>
      <table className="table" data-testid="use">
        <thead>
          <tr>
            <th scope="col">{t('facilities.use.day')}</th>
            <th scope="col">{t('facilities.use.used')}</th>
            <th scope="col">{t('facilities.use.share')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, places, used }) => (
            <tr key={day}>
              <th scope="row">{longDate(instant(day, 720, zone), zone, i18n.language)}</th>
              <td>{places ? `${used} / ${places}` : '–'}</td>
              <td>{places ? `${Math.round((100 * used) / places)}%` : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
