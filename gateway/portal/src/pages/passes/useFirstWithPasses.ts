// Which car park gives passes: the first in the list, asked one after the other, as most
// alliances have one near the top.
import { createQueryOptions, useTransport } from '@connectrpc/connect-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Facility, type Window, Window_State } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';

export const windowsOf = (facility: string) => ({ parent: facility, pageSize: 1000 });

export const givesPasses = (window: Window) =>
  !!window.passes && window.state === Window_State.OPEN;

// `data` is its name, or null where none gives any.
export function useFirstWithPasses(facilities: Facility[], enabled: boolean) {
  const queries = useQueryClient();
  const transport = useTransport();
  const names = facilities.map((one) => one.name);
  return useQuery({
    queryKey: ['first with passes', names],
    enabled,
    queryFn: async () => {
      for (const name of names) {
        const { windows } = await queries.fetchQuery(
          createQueryOptions(FacilityService.method.listWindows, windowsOf(name), { transport }),
        );
        if (windows.some(givesPasses)) return name;
      }
      return null;
    },
  });
}
