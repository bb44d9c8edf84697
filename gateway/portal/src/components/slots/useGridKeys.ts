// Moving and selecting in the slot grid, by keyboard and by mouse. One cell is
// in the tab order (roving tabindex); the arrows move from there.
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { type Cell, isBookableRange, type Row } from './model';

export interface Position {
  row: number;
  cell: number;
}

interface Selection {
  row: number;
  anchor: number;
  head: number;
}

export function useGridKeys(
  rows: readonly Row[],
  grid: RefObject<HTMLElement | null>,
  act: (row: Row, cells: Cell[]) => void,
) {
  const [active, setActive] = useState<Position>({ row: 0, cell: 0 });
  const [selection, setSelection] = useState<Selection | null>(null);
  const [dragging, setDragging] = useState(false);
  const at = clamp(active, rows);

  const cellsOf = (one: Selection): Cell[] => {
    const cells = rows[one.row]?.cells ?? [];
    return cells.slice(Math.min(one.anchor, one.head), Math.max(one.anchor, one.head) + 1);
  };

  const move = (to: Position) => {
    const position = clamp(to, rows);
    setActive(position);
    setSelection(null);
    focusCell(grid.current, position);
  };

  const extend = (row: number, head: number) => {
    const anchor = selection?.row === row ? selection.anchor : at.cell;
    const wanted = { row, anchor, head };
    if (!isBookableRange(cellsOf(wanted))) return;
    setSelection(wanted);
    setActive({ row, cell: head });
    focusCell(grid.current, { row, cell: head });
  };

  const activate = (position: Position) => {
    const row = rows[position.row];
    const cell = row?.cells[position.cell];
    if (!row || !cell) return;
    const range = selection?.row === position.row ? cellsOf(selection) : [];
    setActive(position);
    act(row, range.includes(cell) ? range : [cell]);
  };

  // A drag ends wherever the button is let go.
  useEffect(() => {
    if (!dragging) return;
    const end = () => {
      setDragging(false);
      const row = selection && rows[selection.row];
      if (!row || selection.anchor === selection.head) return;
      const [low, high] = [selection.anchor, selection.head].sort((a, b) => a - b);
      act(row, row.cells.slice(low, (high ?? 0) + 1));
    };
    window.addEventListener('pointerup', end);
    return () => window.removeEventListener('pointerup', end);
  }, [dragging, selection, rows, act]);

  return {
    active: at,
    isSelected(row: number, cell: number): boolean {
      if (selection?.row !== row) return false;
      const low = Math.min(selection.anchor, selection.head);
      return cell >= low && cell <= Math.max(selection.anchor, selection.head);
    },
    clear: () => setSelection(null),
    activate,
    press(position: Position) {
      const wanted = { row: position.row, anchor: position.cell, head: position.cell };
      setActive(position);
      setSelection(isBookableRange(cellsOf(wanted)) ? wanted : null);
      setDragging(true);
    },
    drag(position: Position) {
      if (dragging && selection?.row === position.row) extend(position.row, position.cell);
    },
    onKeyDown(event: KeyboardEvent) {
      const { row, cell } = at;
      const last = (rows[row]?.cells.length ?? 1) - 1;
      const sideways = (step: number) =>
        event.shiftKey ? extend(row, cell + step) : move({ row, cell: cell + step });
      if (event.key === 'ArrowLeft') sideways(-1);
      else if (event.key === 'ArrowRight') sideways(1);
      else if (event.key === 'ArrowUp') move(beside(rows, at, row - 1));
      else if (event.key === 'ArrowDown') move(beside(rows, at, row + 1));
      else if (event.key === 'Home') move({ row, cell: 0 });
      else if (event.key === 'End') move({ row, cell: last });
      else if (event.key === 'Escape') setSelection(null);
      else return;
      event.preventDefault();
    },
  };
}

function clamp(position: Position, rows: readonly Row[]): Position {
  const row = Math.max(0, Math.min(position.row, rows.length - 1));
  const last = (rows[row]?.cells.length ?? 1) - 1;
  return { row, cell: Math.max(0, Math.min(position.cell, last)) };
}

// The cell of another row at the same time of day.
function beside(rows: readonly Row[], from: Position, row: number): Position {
  const start = rows[from.row]?.cells[from.cell]?.shownFrom ?? 0;
  const cells = rows[row]?.cells;
  if (!cells) return from;
  const found = cells.findIndex((cell) => cell.end > start);
  return { row, cell: found < 0 ? cells.length - 1 : found };
}

function focusCell(grid: HTMLElement | null, { row, cell }: Position): void {
  grid?.querySelector<HTMLElement>(`[data-at="${row}:${cell}"]`)?.focus();
}
