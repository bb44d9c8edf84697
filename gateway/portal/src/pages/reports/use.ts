// How much of what is lent is used in a period.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useWork } from '@/app/session';
import type { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { apiDate } from '@/lib/date';
import { addDays, dayOf } from '@/lib/time';

const WEEK: [number, number] = [0, 6];

// How many days a period has, before and after today.
export const PERIODS: Record<string, [number, number]> = {
  '': WEEK,
  month: [0, 29],
  past: [-30, -1],
  quarter: [-90, 0],
};

// The first and the last day.
export function daysOf(period: string, zone: string): [string, string] {
  const today = dayOf(Date.now(), zone);
  const [from, to] = PERIODS[period] ?? WEEK;
  return [addDays(today, from), addDays(today, to)];
}

export function useUse(
  first: string,
  last: string,
  kind: FacilityKind | undefined,
  enabled: boolean,
) {
  const { alliance } = useWork();
  return useQuery(
    ReportService.method.getUtilization,
    { parent: alliance, startDate: apiDate(first), endDate: apiDate(last), kind },
    { placeholderData: keepPreviousData, enabled },
  );
}
