import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { FacilityAvailabilitySchema } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { instant, stamp } from '@/lib/time';
import { occupancyOf } from './occupancyOf';

const zone = 'Asia/Shanghai';
const day = '2026-11-24';

describe('the occupancy of a day', () => {
  it('has the hours of the day only, also of nights', () => {
    const nights = create(FacilityAvailabilitySchema, {
      facility: { name: 'f', displayName: 'night', timeZone: zone },
      slots: [-3, 21].map((hour) => ({
        startTime: stamp(instant(day, hour * 60, zone)),
        endTime: stamp(instant(day, (hour + 10) * 60, zone)),
        free: hour < 0 ? 5 : 10,
        capacity: 10,
      })),
    });
    const { hours, rows } = occupancyOf([nights], day);
    expect(hours).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect(rows[0]?.shares.slice(5, 9)).toEqual([0.5, 0.5, null, null]);
    expect(rows[0]?.shares[23]).toBe(0);
  });
});
