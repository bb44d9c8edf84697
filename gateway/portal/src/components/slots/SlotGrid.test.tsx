import { create } from '@bufbuild/protobuf';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import {
  type FacilityAvailability,
  FacilityAvailabilitySchema,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { addDays, dayOf, instant, stamp } from '@/lib/time';
import { buildDay } from './model';
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
    fireEvent.click(cellAt('0:3') as Element);
    fireEvent.click(cellAt('1:0') as Element);
    expect(act).not.toHaveBeenCalled();
    expect(cellAt('0:3')).toHaveAttribute('aria-disabled', 'true');
  });
});
