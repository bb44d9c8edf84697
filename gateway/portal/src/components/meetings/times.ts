import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MINUTE, ms } from '@/lib/time';

// Before, the server admits nobody and does not open the meeting (CHECK_IN_EARLY).
export const admitsFrom = (meeting: Meeting) => ms(meeting.startTime) - 120 * MINUTE;

// From when until when it was held, once it is over and that is known; till then, what was planned.
export function spanOf({ state, ...meeting }: Meeting): {
  start: number;
  end: number;
  held: boolean;
} {
  const held = state === Meeting_State.CLOSED && !!meeting.openTime && !!meeting.closeTime;
  return held
    ? { start: ms(meeting.openTime), end: ms(meeting.closeTime), held }
    : { start: ms(meeting.startTime), end: ms(meeting.endTime), held };
}

// Notice was given, the end has passed, and nobody opened it.
export const isUnheld = (meeting: Meeting) =>
  meeting.state === Meeting_State.CONVENED && ms(meeting.endTime) <= Date.now();
