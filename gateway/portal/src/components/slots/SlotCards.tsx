// The same day on a phone: a card per facility, a chip per slot that is still
// to come. One tap on a chip opens the sheet.
import { useTranslation } from 'react-i18next';
import { clock } from '@/lib/time';
import { type Cell, isFromEve, isScarce, isUsable, type Row } from './model';
import { useSlotText } from './useSlotText';
import './slots.css';
import './cards.css';

interface Props {
  rows: Row[];
  rowNote: (row: Row) => string;
  onAct: (row: Row, cells: Cell[]) => void;
}

export function SlotCards({ rows, rowNote, onAct }: Props) {
  return (
    <ul className="slot-cards">
      {rows.map((row) => (
        <li key={row.facility.name} className="panel slot-card">
          <h2>{row.facility.displayName}</h2>
          <p className="muted">{rowNote(row)}</p>
          <Chips row={row} onAct={onAct} />
        </li>
      ))}
    </ul>
  );
}

function Chips({ row, onAct }: { row: Row; onAct: Props['onAct'] }) {
  const { t } = useTranslation();
  const text = useSlotText();
  const slots = row.cells.filter((cell) => cell.state !== 'closed' && cell.state !== 'past');
  if (slots.length === 0) return <p className="slot-none">{t('booking.noneLeft')}</p>;
  // A slot that does not last an hour or so says when it ends.
  const long = slots.some((cell) => cell.end - cell.start > 3_600_000);
  return (
    <ul className={long ? 'chips chips-long' : 'chips'}>
      {slots.map((cell) => {
        const usable = isUsable(cell);
        return (
          <li key={cell.start}>
            <button
              type="button"
              className="slot chip"
              data-testid="slot"
              data-state={cell.state}
              data-scarce={isScarce(cell)}
              data-start={new Date(cell.start).toISOString()}
              data-facility={row.facility.name}
              aria-disabled={!usable}
              aria-label={text.said(row, cell)}
              onClick={() => usable && onAct(row, [cell])}
            >
              <span className="chip-time">
                {long || isFromEve(cell) ? text.time(row, cell) : clock(cell.start, row.zone)}
              </span>
              <span className="chip-state">
                {cell.state === 'bookable'
                  ? t('booking.left', { free: cell.free })
                  : t(`booking.short.${cell.state}`)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
