import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { MemberSchema } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { around, scaleLength } from './nearby';

const unit = (name: string, latitude?: number, longitude?: number) =>
  create(MemberSchema, {
    name,
    ...(latitude === undefined ? {} : { location: { latitude, longitude } }),
  });

describe('units nearby', () => {
  const centre = unit('c', 31.23, 121.47);

  it('come by distance, without the unit itself and those without a place', () => {
    const found = around(centre, [
      unit('far', 31.25, 121.47),
      centre,
      unit('near', 31.23, 121.472),
      unit('nowhere'),
    ]);
    expect(found.map((place) => place.unit.name)).toEqual(['near', 'far']);
    // 0.002 degrees of longitude at 31.23 degrees north.
    expect(found[0]?.distance).toBeCloseTo(190.4, 0);
    expect(found[1]?.north).toBeCloseTo(2226.4, 0);
    expect(found[1]?.east).toBeCloseTo(0, 5);
  });

  it('are measured by a round length', () => {
    expect(scaleLength(1000)).toBe(200);
    expect(scaleLength(2600)).toBe(500);
    expect(scaleLength(600)).toBe(100);
  });
});
