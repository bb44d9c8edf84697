// Which units meet: all of them, or those of some tiers.
import { type Meeting, MeetingBody } from '@/gen/jinhuan/meeting/v1/meeting_pb';

// Those that people choose from, in order.
export const bodies = [MeetingBody.PLENARY, MeetingBody.COUNCIL, MeetingBody.STANDING] as const;

// Not given means all units.
export const bodyOf = ({ body }: { body: MeetingBody }) => body || MeetingBody.PLENARY;

// Whether a unit that was not invited may come to it without a vote (列席).
export const isOpenToOthers = (meeting: Meeting) =>
  bodyOf(meeting) !== MeetingBody.PLENARY && !meeting.ownInvitation;
