// What the address says of the members that are wanted.
import { useSearchParams } from 'react-router';
import { useWork } from '@/app/session';
import { memberOrderIn, memberStateIn, sectorIn, tierIn } from '@/lib/enums';

export const memberFilters = ['q', 'state', 'sector', 'tier', 'branch', 'order'] as const;

export function useMemberFilter() {
  const { alliance } = useWork();
  const [params] = useSearchParams();
  const of = (name: string) => params.get(name) ?? '';
  return {
    // For ListMembers and ExportMembers alike.
    request: {
      parent: alliance,
      state: memberStateIn[of('state')],
      sector: sectorIn[of('sector')],
      tier: tierIn[of('tier')],
      jointBranch: of('branch').slice(0, 60),
      query: of('q').slice(0, 60),
      order: memberOrderIn[of('order')],
    },
    filtered: memberFilters.some((name) => name !== 'order' && params.has(name)),
  };
}
