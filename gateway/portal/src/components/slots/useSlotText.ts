import { useTranslation } from 'react-i18next';
import { clockRange, MINUTE } from '@/lib/time';
import type { Cell, Row } from './model';

// What a cell shows, and what it says to a screen reader.
export function useSlotText() {
  const { t } = useTranslation();
  const state = (cell: Cell) => t(`booking.state.${cell.state}`, { free: cell.free });
  return {
    shown(cell: Cell): string {
      // A word in a narrow cell would be cut; the pattern says it too.
      const narrow = cell.end - cell.start < 90 * MINUTE;
      switch (cell.state) {
        case 'bookable':
          return String(cell.free);
        case 'past':
          return '–';
        case 'mine':
        case 'full':
          return t(`booking.short.${cell.state}`);
        default:
          if (narrow) return '';
          return t(`booking.short.${cell.state}`);
      }
    },
    said(row: Row, cell: Cell): string {
      const time = clockRange(cell.start, cell.end, row.zone);
      return `${row.facility.displayName}, ${time}, ${state(cell)}`;
    },
    state,
  };
}
