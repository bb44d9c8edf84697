// The supervision notices that wait for an answer.
import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';

export function useUnanswered() {
  const { alliance } = useWork();
  return useQuery(
    ProjectService.method.listSupervisionNotices,
    { parent: alliance, unanswered: true, pageSize: 1000 },
    { refetchInterval: 15_000 },
  );
}
