// How full the car parks are today, hour by hour: a strip of warmth, with the
// table behind it.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { addDays, dayOf, instant, stamp } from '@/lib/time';
import { occupancyOf } from './occupancyOf';

export function Occupancy() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [asTable, setAsTable] = useState(false);
  const today = dayOf(Date.now(), zone);
  const query = useQuery(
    BookingService.method.searchAvailability,
    {
      parent: alliance,
      kind: FacilityKind.PARKING,
      startTime: stamp(instant(today, 0, zone)),
      endTime: stamp(instant(addDays(today, 1), 0, zone)),
    },
    { refetchInterval: 60_000 },
  );
  const { hours, rows } = occupancyOf(query.data?.facilities ?? [], today);
  const percent = (share: number | null) =>
    share === null ? t('booking.short.closed') : `${Math.round(share * 100)}%`;

  return (
    <Panel
      title={t('home.occupancy')}
      extra={
        rows.length > 0 && (
          <button
            type="button"
            className="link"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            data-testid="occupancy-table"
          >
            {t(asTable ? 'action.chart' : 'action.table')}
          </button>
        )
      }
    >
      {query.isPending ? (
        <PageSkeleton lines={5} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty
          why={t('booking.parking.empty')}
          action={<Link to={`/parking?day=${addDays(today, 1)}`}>{t('booking.nextDay')}</Link>}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <div className="heat-scroll" tabIndex={0} role="group" aria-label={t('home.occupancy')}>
          <table className={asTable ? 'table heat-table' : 'heat'}>
            <caption className="sr-only">{t('home.occupancy')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('booking.place')}</th>
                {hours.map((hour) => (
                  <th key={hour} scope="col">
                    {hour}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.label}</th>
                  {row.shares.map((share, i) => (
                    <td
                      key={hours[i]}
                      data-heat={share === null ? 'closed' : Math.min(5, Math.floor(share * 6))}
                    >
                      <span className={asTable ? undefined : 'sr-only'}>{percent(share)}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && !asTable && (
        <p className="heat-legend muted" aria-hidden="true">
          0%
          {[0, 1, 2, 3, 4, 5].map((level) => (
            <i key={level} data-heat={level} />
          ))}
          100%
          <i data-heat="closed" />
          {t('booking.legend.closed')}
        </p>
      )}
    </Panel>
  );
}
