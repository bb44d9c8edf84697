// The units that a meeting is due for: those that notice went out to.
import { useQuery } from '@connectrpc/connect-query';
import { useMemo } from 'react';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

// None before they are known.
export function useDue(meeting: string, enabled = true): ReadonlySet<string> {
  const query = useQuery(
    MeetingService.method.listInvitations,
    { parent: meeting, pageSize: 1000 },
    { enabled },
  );
  const invitations = query.data?.invitations;
  return useMemo(() => new Set(invitations?.map((one) => one.member)), [invitations]);
}
