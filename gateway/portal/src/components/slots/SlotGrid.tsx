// The day at a glance: a row per facility, time from left to right, each cell
// with what is free. Arrows move, Shift with them extends, Enter books; the
// mouse drags over several.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { instant, MINUTE } from '@/lib/time';
import { type Cell, type DayGrid, isScarce, isUsable, type Row } from './model';
import { useGridKeys } from './useGridKeys';
import { useSlotText } from './useSlotText';
import './slots.css';

interface Props {
  day: string;
  data: DayGrid;
  label: string;
  rowNote: (row: Row) => string;
  // Bookable cells, one or a range of them, a full one, or one of the caller's own.
  onAct: (row: Row, cells: Cell[]) => void;
}

export function SlotGrid({ day, data, label, rowNote, onAct }: Props) {
  const { t } = useTranslation();
  const text = useSlotText();
  const grid = useRef<HTMLDivElement>(null);
  const keys = useGridKeys(data.rows, grid, (row, cells) => {
    const first = cells[0];
    if (first && isUsable(first)) onAct(row, cells);
  });

  const columns = (data.to - data.from) / data.unit;
  const perHour = 60 / data.unit;
  // Wide enough for a finger, up to slots of a quarter of an hour.
  const cells = Math.min(4, Math.max(1, 60 / data.shortest));
  const hourWidth = `max(var(--slot-hour), ${cells} * var(--slot-cell))`;
  const hours = Array.from({ length: (data.to - data.from) / 60 }, (_, i) => data.from / 60 + i);
  const nowHour = Math.floor(
    (Date.now() - instant(day, 0, data.rows[0]?.zone ?? 'UTC')) / 3_600_000,
  );
  const template = { gridTemplateColumns: `var(--slot-label) repeat(${columns}, minmax(0, 1fr))` };

  // Where the day is longer than the screen, begin at the present.
  useEffect(() => {
    const box = grid.current?.parentElement;
    const now = grid.current?.querySelector<HTMLElement>('.slot-now');
    const label = grid.current?.querySelector<HTMLElement>('.slot-corner');
    if (box && now && label) box.scrollLeft = now.offsetLeft - label.offsetWidth - 8;
  }, []);

  const span = (row: Row, cell: Cell) => {
    const midnight = instant(day, 0, row.zone);
    const first = (cell.shownFrom - midnight) / MINUTE - data.from;
    const last = Math.min((cell.shownTo - midnight) / MINUTE, data.to) - data.from;
    return { gridColumn: `${2 + first / data.unit} / ${2 + last / data.unit}` };
  };

  return (
    <div className="slot-scroll">
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        className="slot-grid"
        tabIndex={-1}
        onKeyDown={keys.onKeyDown}
        style={{ minWidth: `calc(var(--slot-label) + ${hours.length} * ${hourWidth})` }}
      >
        <div role="row" className="slot-row slot-hours" style={template} tabIndex={-1}>
          <div role="columnheader" className="slot-corner" tabIndex={-1}>
            {t('booking.place')}
          </div>
          {hours.map((hour, i) => (
            <div
              key={hour}
              role="columnheader"
              tabIndex={-1}
              className={hour === nowHour ? 'slot-hour slot-now' : 'slot-hour'}
              style={{ gridColumn: `${2 + i * perHour} / span ${perHour}` }}
            >
              {`${hour}:00`}
            </div>
          ))}
        </div>
        {data.rows.map((row, r) => (
          <div
            key={row.facility.name}
            role="row"
            className="slot-row"
            style={template}
            tabIndex={-1}
          >
            <div role="rowheader" className="slot-name" tabIndex={-1}>
              <strong>{row.facility.displayName}</strong>
              <span>{rowNote(row)}</span>
            </div>
            {row.cells.map((cell, c) => {
              const active = keys.active.row === r && keys.active.cell === c;
              const usable = isUsable(cell);
              return (
                <button
                  key={cell.start}
                  type="button"
                  role="gridcell"
                  data-at={`${r}:${c}`}
                  data-testid="slot"
                  data-state={cell.state}
                  data-scarce={isScarce(cell)}
                  data-start={new Date(cell.start).toISOString()}
                  data-facility={row.facility.name}
                  className="slot"
                  style={span(row, cell)}
                  tabIndex={active ? 0 : -1}
                  aria-disabled={!usable}
                  aria-selected={keys.isSelected(r, c)}
                  aria-label={text.said(row, cell)}
                  title={`${text.time(row, cell)} ${text.state(cell)}`}
                  onPointerDown={(event) => {
                    if (event.pointerType !== 'touch' && event.button === 0) {
                      keys.press({ row: r, cell: c });
                    }
                  }}
                  onPointerEnter={() => keys.drag({ row: r, cell: c })}
                  onClick={() => keys.activate({ row: r, cell: c })}
                >
                  {text.shown(row, cell)}
                </button>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
