// Who came to a meeting, from what was recorded.
import type { Proxy as Standing } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { Answer, type Attendance, type Invitation } from '@/gen/jinhuan/meeting/v1/meeting_pb';

export type Came = 'came' | 'substitute' | 'proxy' | 'observer' | 'leave' | 'absent';

export interface CameRow {
  key: string;
  unit: string;
  came: Came;
  // Why it was on leave.
  note: string;
  attendance?: Attendance;
}

// The units that were due, in the order of the invitations, then who was there without a vote.
export function cameOf(
  invitations: readonly Invitation[],
  attendances: readonly Attendance[],
  proxies: readonly Standing[],
): CameRow[] {
  const there = new Map(attendances.filter((one) => !one.observer).map((one) => [one.member, one]));
  const stoodFor = new Set(
    proxies.filter((one) => there.has(one.holder)).map((one) => one.grantor),
  );
  const due = invitations.map(({ name, member, memberDisplayName, answer, note }): CameRow => {
    const row = { key: name, unit: memberDisplayName, note: '' };
    const attendance = there.get(member);
    if (attendance)
      return { ...row, came: attendance.substitute ? 'substitute' : 'came', attendance };
    if (stoodFor.has(member)) return { ...row, came: 'proxy' };
    if (answer === Answer.LEAVE) return { ...row, came: 'leave', note };
    return { ...row, came: 'absent' };
  });
  const others = attendances
    .filter((one) => one.observer)
    .map((attendance): CameRow => {
      const { name, displayName } = attendance;
      return { key: name, unit: displayName, came: 'observer', note: '', attendance };
    });
  return [...due, ...others];
}
