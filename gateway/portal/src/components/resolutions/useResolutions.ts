import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import type { Resolution } from '@/gen/jinhuan/meeting/v1/resolution_pb';

export function useResolutions(meeting: string): Resolution[] {
  const { alliance } = useWork();
  const query = useQuery(
    ProjectService.method.listResolutions,
    { parent: alliance, meeting, pageSize: 200 },
    { refetchInterval: 10_000 },
  );
  return query.data?.resolutions ?? [];
}

// No meeting is closed while one of its resolutions is ownerless or undated.
export function isIncomplete(resolution: Resolution): boolean {
  return resolution.toCarryOut && !(resolution.leadMember && resolution.dueDate);
}
