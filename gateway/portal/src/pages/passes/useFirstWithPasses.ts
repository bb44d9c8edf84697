// Which car park gives passes: the first in the list, by one look at the windows of all.
import { createQueryOptions, useTransport } from '@connectrpc/connect-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Facility, type Window, Window_State } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';

export const windowsOf = (facility: string) => ({ parent: facility, pageSize: 1000 });

export const givesPasses = (window: Window) =>
  !!window.passes && window.state === Window_State.OPEN;

// `data` is its name, or null where none gives any.
export function useFirstWithPasses(alliance: string, facilities: Facility[], enabled: boolean) {
  const queries = useQueryClient();
  const transport = useTransport();
  const names = facilities.map((one) => one.name);
  return useQuery({
    queryKey: ['first with passes', alliance, names],
    enabled,
    queryFn: async () => {
      const giving = new Set<string>();
      let pageToken = '';
      do {
        const page = await queries.fetchQuery(
          createQueryOptions(
            FacilityService.method.listWindows,
            { ...windowsOf(`${alliance}/facilities/-`), pageToken },
            { transport },
          ),
        );
        for (const window of page.windows.filter(givesPasses)) {
          giving.add(window.name.slice(0, window.name.indexOf('/windows/')));
        }
        pageToken = page.nextPageToken;
      } while (pageToken);
      return names.find((name) => giving.has(name)) ?? null;
    },
  });
}
