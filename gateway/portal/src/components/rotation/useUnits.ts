import { useQuery } from '@connectrpc/connect-query';
import { useMemo } from 'react';
import { useWork } from '@/app/session';
import { type Member, Sector } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { idOf } from '@/lib/names';

// The units by name: terms name them, the pages say what they are called.
export function useUnits() {
  const { alliance } = useWork();
  const query = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, pageSize: 1000 },
    { staleTime: 60_000 },
  );
  const members = query.data?.members;
  return useMemo(() => {
    const byName = new Map<string, Member>((members ?? []).map((one) => [one.name, one]));
    return {
      all: members ?? [],
      nameOf: (name: string) => byName.get(name)?.displayName ?? idOf(name),
      sectorOf: (name: string) => byName.get(name)?.sector ?? Sector.UNSPECIFIED,
    };
  }, [members]);
}

export type Units = ReturnType<typeof useUnits>;
