import { useTranslation } from 'react-i18next';
import { clock, clockRange, dayOf, MINUTE } from '@/lib/time';
import { type Cell, isFromEve, type Row } from './model';

// What a cell shows, and what it says to a screen reader.
export function useSlotText() {
  const { t } = useTranslation();
  const state = (cell: Cell) => t(`booking.state.${cell.state}`, { free: cell.free });
  // Last night's slot and tonight's have the same hours on the clock.
  const time = (row: Row, cell: Cell): string => {
    if (!isFromEve(cell)) return clockRange(cell.start, cell.end, row.zone);
    const today = dayOf(cell.shownFrom, row.zone) === dayOf(Date.now(), row.zone);
    return t(today ? 'booking.sinceYesterday' : 'booking.sinceEve', {
      time: `${clock(cell.start, row.zone)}–${clock(cell.end, row.zone)}`,
    });
  };
  const brief = (cell: Cell): string => {
    // A word in a narrow cell would be cut; the pattern says it too.
    const narrow = cell.shownTo - cell.shownFrom < 90 * MINUTE;
    switch (cell.state) {
      case 'bookable':
        return String(cell.free);
      case 'past':
        return '–';
      case 'mine':
      case 'waiting':
      case 'full':
      case 'lottery':
      case 'asked':
        return t(`booking.short.${cell.state}`);
      default:
        if (narrow) return '';
        return t(`booking.short.${cell.state}`);
    }
  };
  return {
    time,
    shown(row: Row, cell: Cell): string {
      const wide = cell.shownTo - cell.shownFrom >= 300 * MINUTE;
      if (!wide || !isFromEve(cell)) return brief(cell);
      if (cell.state === 'past') return time(row, cell);
      return `${time(row, cell)} · ${brief(cell)}`;
    },
    said(row: Row, cell: Cell): string {
      return `${row.facility.displayName}, ${time(row, cell)}, ${state(cell)}`;
    },
    state,
  };
}
