// Places of units on a flat sheet. An alliance spans a few kilometres, where a
// degree of longitude is as long as at its middle, and no map projection is needed.
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';

const METRES_PER_DEGREE = 111_320;

export interface Place {
  unit: Member;
  // Metres east and north of the centre.
  east: number;
  north: number;
  // Metres from the centre.
  distance: number;
}

// The others around a unit that has a place, the nearest first.
export function around(centre: Member, units: readonly Member[]): Place[] {
  const from = centre.location;
  if (!from) return [];
  const shrink = Math.cos((from.latitude * Math.PI) / 180);
  return units
    .flatMap((unit) => {
      if (!unit.location || unit.name === centre.name) return [];
      const north = (unit.location.latitude - from.latitude) * METRES_PER_DEGREE;
      const east = (unit.location.longitude - from.longitude) * METRES_PER_DEGREE * shrink;
      return [{ unit, east, north, distance: Math.hypot(east, north) }];
    })
    .sort((a, b) => a.distance - b.distance);
}

// A round length of about a fifth of a width, in metres: 1, 2 or 5 times a power of ten.
export function scaleLength(width: number): number {
  const wanted = width / 5;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [5, 2, 1].find((factor) => factor * power <= wanted) ?? 1;
  return step * power;
}
