import { create } from '@bufbuild/protobuf';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Sector } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { ChairTerm_State, ChairTermSchema } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { instant, stamp } from '@/lib/time';
import type { Lane } from './laneLayout';
import { Timeline } from './Timeline';

const zone = 'Asia/Shanghai';
const units = { all: [], nameOf: (name: string) => name, sectorOf: () => Sector.FINANCE };
const { ENDED, CURRENT, FROZEN, PUBLISHED } = ChairTerm_State;

function lane(id: string, from: number, states: ChairTerm_State[]): Lane {
  const blocks = states.map((state, i) => {
    const first = (n: number) => `${from + Math.floor(n / 2)}-${n % 2 ? '07' : '01'}-01`;
    const term = create(ChairTermSchema, {
      name: `terms/${first(i)}`,
      memberDisplayName: `${id} ${i}`,
      member: `m${i}`,
      state,
      startTime: stamp(instant(first(i), 0, zone)),
      endTime: stamp(instant(first(i + 1), 0, zone)),
    });
    return { term, off: i === 4 };
  });
  return { id, label: id, blocks };
}

const year = new Date().getFullYear();
const published = lane('published', year, [ENDED, CURRENT, FROZEN, PUBLISHED, PUBLISHED]);
const draft = lane('draft', year + 1, [PUBLISHED, PUBLISHED, PUBLISHED]);

function show(lanes: Lane[]) {
  const open = vi.fn();
  render(<Timeline lanes={lanes} label="line" zone={zone} units={units} years={4} onOpen={open} />);
  return open;
}

const focused = () => document.activeElement?.getAttribute('data-at');
const key = (name: string) => fireEvent.keyDown(document.activeElement as Element, { key: name });
const start = () => screen.getAllByTestId('term').find((one) => one.tabIndex === 0);

describe('the timeline', () => {
  it('has one block in the tab order: the term under way', () => {
    show([published]);
    const reachable = screen.getAllByTestId('term').filter((one) => one.tabIndex === 0);
    expect(reachable.map((one) => one.dataset.phase)).toEqual(['current']);
  });

  it('moves by arrows, Home, End and by the year', () => {
    show([published]);
    start()?.focus();
    key('ArrowRight');
    expect(focused()).toBe('0:2');
    key('End');
    expect(focused()).toBe('0:4');
    key('ArrowRight');
    expect(focused()).toBe('0:4');
    key('Home');
    expect(focused()).toBe('0:0');
    key('PageDown');
    expect(focused()).toBe('0:2');
    key('PageUp');
    expect(focused()).toBe('0:0');
  });

  it('goes to the same time in another lane', () => {
    show([published, draft]);
    start()?.focus();
    key('End');
    key('ArrowLeft');
    expect(focused()).toBe('0:3');
    key('ArrowDown');
    expect(focused()).toBe('1:1');
    key('ArrowUp');
    expect(focused()).toBe('0:3');
  });

  it('opens a term, but none that can not be picked', () => {
    const open = show([published]);
    fireEvent.click(screen.getAllByTestId('term')[3] as Element);
    expect(open).toHaveBeenCalledTimes(1);
    expect(open.mock.calls[0]?.[0].memberDisplayName).toBe('published 3');
    fireEvent.click(screen.getAllByTestId('term')[4] as Element);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('says who, when, and how firm, without colour', () => {
    show([published]);
    const name = start()?.getAttribute('aria-label') ?? '';
    expect(name).toContain('published 1');
    expect(name).toContain(`${year}年7月1日`);
    expect(name).toContain('在任');
    expect(name).toContain('金融机构');
  });

  it('places terms by their length, end to end', () => {
    show([published]);
    const [first, second] = screen.getAllByTestId('term');
    const right =
      Number.parseFloat(first?.style.left ?? '') + Number.parseFloat(first?.style.width ?? '');
    expect(right).toBeCloseTo(Number.parseFloat(second?.style.left ?? ''), 6);
  });
});
