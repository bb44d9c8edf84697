// What the sheet is about, kept in the address: ?f=facility&from=time&n=slots
// for something to book, ?booking=id for something booked.
import { useSearchParams } from 'react-router';
import type { Cell, DayGrid, Row } from '@/components/slots/model';
import { idOf } from '@/lib/names';

export interface Selected {
  row: Row;
  first: number;
  count: number;
}

export function useSelected(grid: DayGrid) {
  const [params, setParams] = useSearchParams();
  const row = grid.rows.find((one) => idOf(one.facility.name) === params.get('f'));
  const from = Date.parse(params.get('from') ?? '');
  const first = row?.cells.findIndex((cell) => cell.start === from) ?? -1;
  const count = Math.max(1, Number(params.get('n')) || 1);
  const selected: Selected | null = row && first >= 0 ? { row, first, count } : null;

  const change = (edit: (next: URLSearchParams) => void, replace: boolean) => {
    const next = new URLSearchParams(params);
    for (const key of ['f', 'from', 'n', 'booking']) next.delete(key);
    edit(next);
    setParams(next, { replace });
  };
  const select = (of: Row, cells: Cell[], replace = false) => {
    const start = cells[0];
    if (!start) return;
    change((next) => {
      next.set('f', idOf(of.facility.name));
      next.set('from', new Date(start.start).toISOString());
      if (cells.length > 1) next.set('n', String(cells.length));
    }, replace);
  };
  return {
    selected,
    booking: params.get('booking'),
    select,
    show: (bookingName: string) => change((next) => next.set('booking', idOf(bookingName)), false),
    close: () => change(() => {}, true),
  };
}
