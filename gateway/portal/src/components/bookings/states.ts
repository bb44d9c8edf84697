// What the states of a booking mean to a page.
import { type Booking, Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { MINUTE, ms } from '@/lib/time';

export type StateKey =
  | 'confirmed'
  | 'cancelled'
  | 'pending'
  | 'rejected'
  | 'expired'
  | 'waitlisted'
  | 'offered'
  | 'checkedIn'
  | 'completed'
  | 'noShow'
  | 'recalled';

const keys: Record<Booking_State, StateKey> = {
  [Booking_State.UNSPECIFIED]: 'confirmed',
  [Booking_State.CONFIRMED]: 'confirmed',
  [Booking_State.CANCELLED]: 'cancelled',
  [Booking_State.PENDING]: 'pending',
  [Booking_State.REJECTED]: 'rejected',
  [Booking_State.EXPIRED]: 'expired',
  [Booking_State.WAITLISTED]: 'waitlisted',
  [Booking_State.OFFERED]: 'offered',
  [Booking_State.CHECKED_IN]: 'checkedIn',
  [Booking_State.COMPLETED]: 'completed',
  [Booking_State.NO_SHOW]: 'noShow',
  [Booking_State.RECALLED]: 'recalled',
};

export const stateKey = (booking: Booking): StateKey => keys[booking.state];

const live: StateKey[] = ['pending', 'confirmed', 'waitlisted', 'offered', 'checkedIn'];

// Not over: in the line, promised, or being used.
export const isLive = (booking: Booking): boolean => live.includes(stateKey(booking));

// As the server has it: thirty minutes before the start.
const CHECK_IN_OPENS = 30 * MINUTE;

export function canCheckIn(booking: Booking, now: number): boolean {
  if (booking.state !== Booking_State.CONFIRMED) return false;
  const until = ms(booking.checkInDeadline ?? booking.endTime);
  return now >= ms(booking.startTime) - CHECK_IN_OPENS && now < until;
}

export function canChangePlate(booking: Booking, now: number): boolean {
  return (
    isLive(booking) &&
    booking.facilityKind === FacilityKind.PARKING &&
    !!booking.plate &&
    !booking.pass &&
    now < ms(booking.startTime)
  );
}

export function canCancel(booking: Booking, now: number): boolean {
  if (!isLive(booking) || booking.state === Booking_State.CHECKED_IN) return false;
  const deadline = ms(booking.cancelDeadline);
  return booking.state !== Booking_State.CONFIRMED || deadline === 0 || now < deadline;
}
