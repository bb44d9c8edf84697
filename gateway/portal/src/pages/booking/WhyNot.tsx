// Why a slot can't be booked by the reader: to whom it is open, or from which day on.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { addDays, clockRange, dayOf, instant, longDate } from '@/lib/time';
import type { Selected } from './useSelected';

// As the server has it where a window says 0.
const HORIZON_DAYS = 14;

export function WhyNot({ selected: { row, first } }: { selected: Selected }) {
  const { t, i18n } = useTranslation();
  const unitName = useUnitName();
  const cell = row.cells[first];
  // As many as a facility may have that are not over.
  const query = useQuery(FacilityService.method.listWindows, {
    parent: row.facility.name,
    pageSize: 1000,
  });
  if (query.isPending) return <PageSkeleton lines={3} />;
  if (query.error) {
    return <Failure text={explain(query.error).text} retry={() => query.refetch()} />;
  }
  const window = query.data.windows.find((one) => one.name === cell?.window);
  if (!cell || !window) return null;
  const why = () => {
    if (cell.state === 'notyet') {
      const count = window.horizonDays || HORIZON_DAYS;
      const from = instant(addDays(dayOf(cell.start, row.zone), -count), 720, row.zone);
      return t('booking.why.notyet', { count, day: longDate(from, row.zone, i18n.language) });
    }
    const audience = [
      ...window.audienceTiers.map((one) => t(`members.tier.${one}`)),
      ...window.audienceSectors.map((one) => t(`members.sector.${one}`)),
      ...window.audienceMembers.map(unitName),
    ];
    return t('booking.why.notforyou', { audience: audience.join(t('list.comma')) });
  };
  return (
    <div className="sheet-form">
      <p className="sheet-time">
        <span>{longDate(cell.start, row.zone, i18n.language)}</span>
        <strong>{clockRange(cell.start, cell.end, row.zone)}</strong>
      </p>
      <p data-testid="why-not">{why()}</p>
    </div>
  );
}
