// How much of what is lent is used: by facility, by hour of the day, by unit.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import {
  type GetUtilizationResponse,
  ReportService,
} from '@/gen/jinhuan/resource/v1/report_service_pb';
import { kindIn } from '@/lib/enums';
import { idOf } from '@/lib/names';
import { addDays, instant, longDay, stamp } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { ChartPanel } from './ChartPanel';
import { hours, share } from './quantity';
import { ReportTabs } from './ReportTabs';
import { daysOf, PERIODS, useUse } from './use';
import './reports.css';

export default function UsePage() {
  const { t, i18n } = useTranslation();
  const { alliance, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const [first, last] = daysOf(params.get('period') ?? '', zone);
  const kind = kindIn[params.get('kind') ?? ''];
  const allowed = isLiaison || isStreet;
  const query = useUse(first, last, kind, allowed);
  if (!allowed) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('nav.reports')}
        sub={t(isStreet ? 'reports.useSub' : 'reports.useSubOwn', {
          first: longDay(first, i18n.language),
          last: longDay(last, i18n.language),
        })}
      >
        <ExportButton
          method={ReportService.method.exportBookings}
          request={{
            parent: alliance,
            startTime: stamp(instant(first, 0, zone)),
            endTime: stamp(instant(addDays(last, 1), 0, zone)),
          }}
          testId="export-bookings"
        />
      </PageHead>
      <ReportTabs />
      <div className="filters">
        <FilterLinks
          label={t('reports.periodLabel')}
          param="period"
          options={Object.keys(PERIODS).map((value) => ({
            value,
            label: t(`reports.period.${value || 'week'}`),
          }))}
        />
        <FilterLinks
          label={t('facilities.kindLabel')}
          param="kind"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(kindIn).map(([value, one]) => ({
              value,
              label: t(`facilities.kind.${FacilityKind[one]}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={12} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : query.data.facilities.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('reports.useNone')}
            action={<Link to="/facilities">{t('nav.facilities')}</Link>}
          />
        </div>
      ) : (
        <Charts use={query.data} />
      )}
    </>
  );
}

function shareBar(label: string, { used, offered }: { used: bigint; offered: bigint }) {
  const value = share(used, offered);
  return { label, value, text: `${value}%` };
}

function Charts({ use }: { use: GetUtilizationResponse }) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const facilities = useMemo(
    () =>
      use.facilities.map((one) => ({
        ...one,
        offered: one.use?.offeredMinutes ?? 0n,
        used: one.use?.usedMinutes ?? 0n,
      })),
    [use],
  );
  const open = useMemo(
    () =>
      use.hours
        .map(({ hour, use: sum }) => ({
          hour: `${String(hour).padStart(2, '0')}:00`,
          offered: sum?.offeredMinutes ?? 0n,
          used: sum?.usedMinutes ?? 0n,
        }))
        .filter((one) => one.offered > 0n),
    [use],
  );
  const byFacility = useMemo(
    () => facilities.map((one) => shareBar(one.displayName, one)),
    [facilities],
  );
  const byHour = useMemo(() => open.map((one) => shareBar(one.hour, one)), [open]);
  const byUnit = useMemo(
    () =>
      use.units.slice(0, 12).map((one) => ({
        label: unitName(one.member),
        value: hours(one.usedMinutes),
        text: t('reports.hours', { count: hours(one.usedMinutes) }),
      })),
    [use, unitName, t],
  );
  const inHours = (minutes: bigint) => t('reports.hours', { count: hours(minutes) });
  const head = [t('reports.offered'), t('reports.used'), t('reports.share')];
  return (
    <>
      {use.truncated && <p className="notice">{t('reports.truncated')}</p>}
      <ChartPanel
        id="use-facility"
        title={t('reports.byFacility')}
        bars={byFacility}
        max={100}
        head={[t('nav.facilities'), ...head]}
        rows={facilities.map((one) => ({
          key: one.facility,
          cells: [
            <Link key="name" to={`/facilities/${idOf(one.facility)}`}>
              {one.displayName}
            </Link>,
            inHours(one.offered),
            inHours(one.used),
            `${share(one.used, one.offered)}%`,
          ],
        }))}
      />
      <ChartPanel
        id="use-hour"
        title={t('reports.byHour')}
        bars={byHour}
        max={100}
        head={[t('reports.hour'), ...head]}
        rows={open.map((one) => ({
          key: one.hour,
          cells: [
            one.hour,
            inHours(one.offered),
            inHours(one.used),
            `${share(one.used, one.offered)}%`,
          ],
        }))}
      />
      {use.units.length > 0 && (
        <ChartPanel
          id="use-unit"
          title={t('reports.byUnit')}
          bars={byUnit}
          head={[t('reports.unit'), t('reports.used'), t('reports.bookings')]}
          rows={use.units.map((one) => ({
            key: one.member,
            cells: [unitName(one.member), inHours(one.usedMinutes), one.bookingCount],
          }))}
        />
      )}
    </>
  );
}
