import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { useApprovals } from '@/components/bookings/useApprovals';
import { useOffers } from '@/components/bookings/useOffers';
import { useExchangeTodos } from '@/components/exchange/useExchangeTodos';
import { useHandoverTodos } from '@/components/handovers/useHandoverTodos';
import { isUnheld } from '@/components/meetings/times';
import { usePassTodos } from '@/components/passes/usePassTodos';
import { useProjectTodos } from '@/components/projects/useProjectTodos';
import { useRequestTodos } from '@/components/requests/useRequestTodos';
import { useRotationTodos } from '@/components/rotation/useRotationTodos';
import { useTopicTodos } from '@/components/topics/useTopicTodos';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Answer, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { ms } from '@/lib/time';

// What waits for the reader: places held for them, notices to answer, applications to decide, meetings to call off.
export function useTodos() {
  const { alliance, isLiaison, isStreet } = useWork();
  const meetings = useQuery(
    MeetingService.method.listMeetings,
    { parent: alliance, state: Meeting_State.CONVENED },
    { enabled: isLiaison || isStreet },
  );
  const applicants = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, state: Member_State.APPLIED, pageSize: 10 },
    { enabled: isStreet },
  );
  // What the other parts of the suite want of the reader.
  const parts = [
    useOffers(),
    useApprovals(),
    usePassTodos(),
    useRotationTodos(),
    useHandoverTodos(),
    useExchangeTodos(),
    useTopicTodos(),
    useProjectTodos(),
    useRequestTodos(),
  ];
  // A query that is off still shows what another part of the page has read, so
  // the role is asked again.
  const notices = ((isLiaison && meetings.data?.meetings) || [])
    .filter((one) => one.ownInvitation?.answer === Answer.UNSPECIFIED)
    .filter((one) => ms(one.startTime) > Date.now())
    .reverse();
  const unheld = ((isStreet && meetings.data?.meetings) || []).filter(isUnheld);
  const applicantCount = (isStreet && applicants.data?.totalSize) || 0;
  return {
    notices,
    unheld,
    applicants: (isStreet && applicants.data?.members) || [],
    applicantCount,
    total: parts.reduce(
      (sum, part) => sum + part.total,
      notices.length + unheld.length + applicantCount,
    ),
    isPending:
      ((isLiaison || isStreet) && meetings.isPending) ||
      (isStreet && applicants.isPending) ||
      parts.some((part) => part.isPending),
    error: meetings.error ?? applicants.error ?? parts.find((part) => part.error)?.error ?? null,
    refetch: () =>
      Promise.all([
        meetings.refetch(),
        applicants.refetch(),
        ...parts.map((part) => part.refetch()),
      ]),
  };
}
