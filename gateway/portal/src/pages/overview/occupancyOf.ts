import type { FacilityAvailability } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { DEFAULT_ZONE, instant, ms } from '@/lib/time';

const HOUR = 3_600_000;

export interface OccupancyRow {
  name: string;
  label: string;
  // By hour, 0 to 1; null where it is closed.
  shares: (number | null)[];
}

// The share of places taken in each hour: of the fullest slot that touches it.
export function occupancyOf(facilities: readonly FacilityAvailability[], day: string) {
  const all = facilities.flatMap(({ facility, slots }) => {
    const midnight = instant(day, 0, facility?.timeZone || DEFAULT_ZONE);
    return slots.map((slot) => ({
      // A night's slot belongs to two days; of each only its own hours count.
      from: Math.max(0, Math.floor((ms(slot.startTime) - midnight) / HOUR)),
      to: Math.min(24, Math.ceil((ms(slot.endTime) - midnight) / HOUR)),
    }));
  });
  const first = Math.min(...all.map((slot) => slot.from), 24);
  const last = Math.max(...all.map((slot) => slot.to), first);
  const hours = Array.from({ length: last - first }, (_, i) => first + i);

  const rows: OccupancyRow[] = facilities.map(({ facility, slots }) => {
    const midnight = instant(day, 0, facility?.timeZone || DEFAULT_ZONE);
    const shares = hours.map((hour) => {
      const from = midnight + hour * HOUR;
      const taken = slots
        .filter((slot) => ms(slot.startTime) < from + HOUR && ms(slot.endTime) > from)
        .filter((slot) => slot.capacity > 0)
        .map((slot) => (slot.capacity - slot.free) / slot.capacity);
      return taken.length > 0 ? Math.max(...taken) : null;
    });
    return { name: facility?.name ?? '', label: facility?.displayName ?? '', shares };
  });
  return { hours, rows };
}
