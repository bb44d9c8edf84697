import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  SlotAvailability_State,
  SlotAvailabilitySchema,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { instant, stamp } from '@/lib/time';
import { clockOf, endsOf, linesOf, startsOf } from './lines';

const ZONE = 'Asia/Shanghai';

function slot(day: number, hour: number, state = SlotAvailability_State.BOOKABLE, window = 'w') {
  const start = instant(`2026-11-${day}`, hour * 60, ZONE);
  return create(SlotAvailabilitySchema, {
    window,
    startTime: stamp(start),
    endTime: stamp(start + 3_600_000),
    state,
  });
}

describe('the lines of a group', () => {
  const full = SlotAvailability_State.FULL;
  const slots = [
    ...[slot(24, 9), slot(24, 10), slot(24, 11)],
    ...[slot(25, 9), slot(25, 10, full), slot(25, 11)],
    ...[slot(26, 9), slot(26, 10, undefined, 'other')],
  ];

  it('begin and end where some day can be booked through', () => {
    expect(startsOf(slots, ZONE)).toEqual([540, 600, 660]);
    expect(endsOf(slots, 540, ZONE)).toEqual([600, 660, 720]);
    expect(endsOf(slots, 660, ZONE)).toEqual([720]);
  });

  it('are one for each day and plate, of days that have the hours', () => {
    const one = linesOf(slots, { from: 540, to: 600 }, ['a', 'b'], ZONE);
    expect(one.map((line) => line.plate)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(one[0]).toMatchObject({ window: 'w', start: instant('2026-11-24', 540, ZONE) });
    // A full slot in between, and a window that ends there.
    expect(linesOf(slots, { from: 540, to: 660 }, [''], ZONE)).toHaveLength(1);
    expect(linesOf(slots, { from: 545, to: 660 }, [''], ZONE)).toEqual([]);
  });

  it('say the hour on the clock', () => {
    expect([540, 1440, 1560].map(clockOf)).toEqual(['09:00', '24:00', '02:00 (+1)']);
  });
});
