import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MINUTE, ms } from '@/lib/time';

// Before, the server admits nobody and does not open the meeting (CHECK_IN_EARLY).
export const admitsFrom = (meeting: Meeting) => ms(meeting.startTime) - 120 * MINUTE;

// Notice was given, the end has passed, and nobody opened it.
export const isUnheld = (meeting: Meeting) =>
  meeting.state === Meeting_State.CONVENED && ms(meeting.endTime) <= Date.now();
