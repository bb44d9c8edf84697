// Shared parking, canteens, venues and services: the same page by kind of facility.
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { drawPath } from '@/components/lottery/words';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { bookingWords } from '@/components/slots/bookingPage';
import { DayStrip } from '@/components/slots/DayStrip';
import { Legend } from '@/components/slots/Legend';
import { type Cell, priceRange, type Row } from '@/components/slots/model';
import { SlotCards } from '@/components/slots/SlotCards';
import { SlotGrid } from '@/components/slots/SlotGrid';
import { useAskedDay } from '@/components/slots/useAskedDay';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { useIsPhone } from '@/lib/media';
import { yuan } from '@/lib/money';
import { addDays, dayOf, instant, longDate } from '@/lib/time';
import { DayMenus } from '../menus/DayMenus';
import { BookedSheet } from './BookedSheet';
import { BookingSheet } from './BookingSheet';
import { useDay } from './useDay';
import { useDefaultPlate } from './useDefaultPlate';
import { useSelected } from './useSelected';
import './sheet.css';

export default function BookingPage({ kind }: { kind: FacilityKind }) {
  const { t, i18n } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const navigate = useNavigate();

  const today = dayOf(Date.now(), zone);
  const day = useAskedDay(today);
  const data = useDay(kind, day, zone, params.get('page') ?? '');
  const { selected, booking, select, show, close } = useSelected(data.grid);
  const plate = useDefaultPlate(kind === FacilityKind.PARKING);

  const what = bookingWords[kind];
  const priceText = (row: Row) => {
    const prices = priceRange(row);
    if (!prices) return '';
    const [low, high] = prices;
    if (low === 0) return t(high === 0 ? 'booking.free' : 'booking.freeFrom');
    return t(`booking.${what}.${low === high ? 'each' : 'from'}`, { price: yuan(low) });
  };
  const note = (row: Row) => [priceText(row), row.facility.address].filter(Boolean).join(' · ');
  const act = (row: Row, cells: Cell[]) => {
    const held = cells[0]?.booking;
    const asked = cells[0]?.request;
    if (asked) navigate(drawPath(asked.name));
    else if (held) show(held.name);
    else select(row, cells);
  };
  const canteen = kind === FacilityKind.CANTEEN;
  const byLot = data.grid.rows.some((row) => row.cells.some((cell) => cell.drawAt));
  const dayLink = (to: string) => (to === today ? '?' : `?day=${to}`);
  const held = data.bookings.find((one) => booking && one.name.endsWith(`/${booking}`));

  return (
    <>
      <PageHead
        title={t(`booking.${what}.title`)}
        sub={longDate(instant(day, 720, zone), zone, i18n.language)}
      >
        {kind === FacilityKind.PARKING && (
          <Link to="/passes/new" className="button-link" data-testid="to-passes">
            {t('passes.create')}
          </Link>
        )}
        {byLot && (
          <Link to="/lottery" className="button-link" data-testid="draws">
            {t('lottery.link')}
          </Link>
        )}
        <Link to="/group" className="button-link" data-testid="group-open">
          {t('lending.batch.open')}
        </Link>
      </PageHead>
      <DayStrip today={today} day={day} to={dayLink} />
      {data.isLoading ? (
        <PageSkeleton lines={8} />
      ) : data.error && data.grid.rows.length === 0 ? (
        <Failure text={explain(data.error).text} retry={data.refetch} />
      ) : data.grid.rows.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(`booking.${what}.empty`)}
            action={
              isLiaison || isStreet ? (
                <Link to="/facilities/new">{t('facilities.create')}</Link>
              ) : (
                <Link to={`?day=${addDays(day, 1)}`}>{t('booking.nextDay')}</Link>
              )
            }
          />
        </div>
      ) : phone ? (
        <SlotCards rows={data.grid.rows} rowNote={note} onAct={act} />
      ) : (
        <div className="panel slot-panel">
          <div className="slot-bar">
            <Legend rows={data.grid.rows} />
            <p className="muted">{t('booking.keys')}</p>
          </div>
          <SlotGrid
            key={day}
            day={day}
            data={data.grid}
            label={t(`booking.${what}.title`)}
            rowNote={note}
            onAct={act}
          />
        </div>
      )}
      {canteen && data.grid.rows.length > 0 && <DayMenus day={day} rows={data.grid.rows} />}
      <Pager nextPageToken={data.nextPageToken} />
      <BookingSheet
        kind={kind}
        selected={selected}
        defaultPlate={plate}
        onResize={(row, cells) => select(row, cells, true)}
        onClose={close}
      />
      <BookedSheet booking={held} zone={zone} onClose={close} />
    </>
  );
}
