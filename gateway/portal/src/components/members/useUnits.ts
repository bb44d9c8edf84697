// All units of the alliance, for what is made of them: the names of joint
// branches, and the places.
import { useQuery } from '@connectrpc/connect-query';
import { useMemo } from 'react';
import { useWork } from '@/app/session';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

export function useUnits(enabled = true) {
  const { alliance } = useWork();
  const query = useQuery(
    MemberService.method.listMembers,
    // As many as a page may have; an alliance has a few hundred.
    { parent: alliance, pageSize: 1000 },
    { staleTime: 300_000, enabled },
  );
  return query.data?.members ?? [];
}

// The joint branches that units name, each once.
export function useJointBranches(): string[] {
  const units = useUnits();
  return useMemo(
    () =>
      [...new Set(units.map((unit) => unit.jointBranch).filter(Boolean))].sort((a, b) =>
        a.localeCompare(b, 'zh-CN'),
      ),
    [units],
  );
}
