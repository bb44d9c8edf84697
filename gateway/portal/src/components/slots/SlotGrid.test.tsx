import { create } from '@bufbuild/protobuf';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Booking_State, BookingSchema } from '@/gen/jinhuan/resource/v1/booking_pb';
import {
  type FacilityAvailability,
  FacilityAvailabilitySchema,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { addDays, dayOf, instant, stamp } from '@/lib/time';
import { Legend } from './Legend';
import { buildDay } from './model';
import { SlotCards } from './SlotCards';
import { SlotGrid } from './SlotGrid';

const zone = 'Asia/Shanghai';
const day = addDays(dayOf(Date.now(), zone), 1);
const { BOOKABLE, FULL } = SlotAvailability_State;

function place(name: string, open: number, states: SlotAvailability_State[]): FacilityAvailability {
  return create(FacilityAvailabilitySchema, {
    facility: { name: `alliances/a/facilities/${name}`, displayName: name, timeZone: zone },
    slots: states.map((state, i) => ({
      window: `alliances/a/facilities/${name}/windows/w`,
      startTime: stamp(instant(day, (open + i) * 60, zone)),
      endTime: stamp(instant(day, (open + i + 1) * 60, zone)),
      free: state === BOOKABLE ? 5 : 0,
      capacity: 10,
      state,
    })),
  });
}

function show() {
  const act = vi.fn();
  const data = buildDay(
    [place('one', 8, [BOOKABLE, BOOKABLE, BOOKABLE, FULL]), place('two', 10, [BOOKABLE, BOOKABLE])],
    [],
    day,
  );
  render(<SlotGrid day={day} data={data} label="grid" rowNote={() => ''} onAct={act} />);
  return act;
}

const key = (name: string, shiftKey = false) => {
  const at = document.activeElement;
  if (at) fireEvent.keyDown(at, { key: name, shiftKey });
};
const focused = () => document.activeElement?.getAttribute('data-at');
const cellAt = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);

describe('the slot grid', () => {
  it('has one cell in the tab order, and the arrows move it', () => {
    show();
    const reachable = () => screen.getAllByTestId('slot').filter((cell) => cell.tabIndex === 0);
    expect(reachable()).toHaveLength(1);
    reachable()[0]?.focus();
    key('ArrowRight');
    expect(focused()).toBe('0:1');
    key('ArrowLeft');
    key('ArrowLeft');
    expect(focused()).toBe('0:0');
    key('End');
    expect(focused()).toBe('0:3');
    expect(reachable()).toHaveLength(1);
  });

  it('moves down to the same time of day', () => {
    show();
    cellAt('0:0')?.focus();
    key('End');
    // 11:00 of the first is the third cell of the second, after closed and 10:00.
    key('ArrowDown');
    expect(focused()).toBe('1:2');
    expect(cellAt('1:0')?.dataset.state).toBe('closed');
  });

  it('extends with Shift over what can be booked, and no further', () => {
    const act = show();
    cellAt('0:0')?.focus();
    key('ArrowRight', true);
    key('ArrowRight', true);
    key('ArrowRight', true);
    expect(focused()).toBe('0:2');
    expect(document.querySelectorAll('[aria-selected="true"]')).toHaveLength(3);
    // A browser turns Enter on a button into a click.
    fireEvent.click(document.activeElement as Element);
    expect(act).toHaveBeenCalledTimes(1);
    expect(act.mock.calls[0]?.[1]).toHaveLength(3);
  });

  it('drops the selection on Escape', () => {
    const act = show();
    cellAt('0:0')?.focus();
    key('ArrowRight', true);
    key('Escape');
    fireEvent.click(document.activeElement as Element);
    expect(act.mock.calls[0]?.[1]).toHaveLength(1);
  });

  it('selects by dragging', () => {
    const act = show();
    fireEvent.pointerDown(cellAt('0:0') as Element, { button: 0, pointerType: 'mouse' });
    fireEvent.pointerEnter(cellAt('0:1') as Element);
    fireEvent.pointerUp(window);
    expect(act.mock.calls[0]?.[1]).toHaveLength(2);
  });

  it('does nothing on a full or closed cell', () => {
    const act = show();
    fireEvent.click(cellAt('1:0') as Element);
    expect(act).not.toHaveBeenCalled();
    expect(cellAt('1:0')).toHaveAttribute('aria-disabled', 'true');
    // A full one can be waited for.
    fireEvent.click(cellAt('0:3') as Element);
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('tells a place in line, and one that came up from it, from a booked one', () => {
    const open = place('one', 8, [FULL, FULL, FULL]);
    const held = [Booking_State.CONFIRMED, Booking_State.WAITLISTED, Booking_State.OFFERED].map(
      (state, i) => {
        const { window, startTime, endTime } = open.slots[i] ?? {};
        return create(BookingSchema, { window, startTime, endTime, state });
      },
    );
    const { rows } = buildDay([open], held, day);
    render(
      <>
        <Legend rows={rows} />
        <SlotCards rows={rows} rowNote={() => ''} onAct={vi.fn()} />
      </>,
    );
    const chips = screen.getAllByTestId('slot');
    expect(chips.map((chip) => chip.dataset.state)).toEqual(['mine', 'waiting', 'offered']);
    expect(chips[1]).toHaveTextContent('候补');
    expect(chips[1]).toHaveAttribute('aria-disabled', 'false');
    expect(document.querySelector('.legend [data-state=waiting]')).not.toBeNull();
  });

  describe('with a night', () => {
    // Last night's slot and tonight's, of one window.
    const night = create(FacilityAvailabilitySchema, {
      facility: { name: 'alliances/a/facilities/n', displayName: 'night', timeZone: zone },
      slots: [-3, 21].map((hour) => ({
        window: 'alliances/a/facilities/n/windows/w',
        startTime: stamp(instant(day, hour * 60, zone)),
        endTime: stamp(instant(day, (hour + 10) * 60, zone)),
        free: 5,
        capacity: 10,
        state: BOOKABLE,
      })),
    });
    const data = buildDay([night, place('one', 8, [BOOKABLE, BOOKABLE])], [], day);

    it('clips what began the evening before to the day', () => {
      expect([data.from, data.to]).toEqual([0, 24 * 60]);
      const cells = data.rows[0]?.cells ?? [];
      expect(cells.map((cell) => cell.state)).toEqual(['bookable', 'closed', 'bookable']);
      expect(cells[0]?.start).toBe(instant(day, -180, zone));
      expect(cells[0]?.shownFrom).toBe(instant(day, 0, zone));
      expect(cells[2]?.shownTo).toBe(instant(day, 24 * 60, zone));
    });

    it('draws it from the first column, in reach of the keys', () => {
      const act = vi.fn();
      render(<SlotGrid day={day} data={data} label="grid" rowNote={() => ''} onAct={act} />);
      expect(cellAt('0:0')?.style.gridColumn).toBe('2 / 9');
      expect(cellAt('0:2')?.style.gridColumn).toBe('23 / 26');
      cellAt('0:0')?.focus();
      key('ArrowDown');
      expect(focused()).toBe('1:0');
      key('ArrowUp');
      fireEvent.click(document.activeElement as Element);
      expect(act.mock.calls[0]?.[1]).toEqual([data.rows[0]?.cells[0]]);
    });

    it('tells it apart from the night to come', () => {
      render(<SlotCards rows={data.rows} rowNote={() => ''} onAct={vi.fn()} />);
      const [last, next] = screen.getAllByTestId('slot');
      const name = (chip?: HTMLElement) => chip?.getAttribute('aria-label') ?? '';
      expect(last?.textContent).not.toBe(next?.textContent);
      expect(name(last)).not.toBe(name(next));
      expect(name(last)).toContain('21:00–07:00');
      expect(name(last)).not.toContain('(+1)');
      expect(name(next)).toContain('21:00–07:00 (+1)');
    });
  });
});
