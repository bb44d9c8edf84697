import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useWork } from '@/app/session';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { stamp } from '@/lib/time';
import { LIVE } from './live';

export interface TermFilter {
  // Only terms that end after this instant.
  endAfter?: number;
  member?: string;
  pageToken?: string;
  pageSize?: number;
  // False: not asked at all.
  enabled?: boolean;
}

// The published terms, in order of time.
export function useTerms(filter: TermFilter = {}) {
  const { endAfter, member, pageToken, pageSize = 1000, enabled = true } = filter;
  const { alliance } = useWork();
  return useQuery(
    RotationService.method.listChairTerms,
    {
      parent: alliance,
      pageSize,
      pageToken,
      member,
      endAfter: endAfter === undefined ? undefined : stamp(endAfter),
    },
    { ...LIVE, enabled, placeholderData: keepPreviousData },
  );
}
