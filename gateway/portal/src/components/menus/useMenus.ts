// The menus of some days, of all canteens or of one.
import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { apiDate } from '@/lib/date';

// The window that a menu is of, by name.
export function windowOfMenu(menu: string): string {
  return menu.split('/menus/')[0] ?? '';
}

export function menuName(window: string, day: string): string {
  return `${window}/menus/${day}`;
}

export function useMenus(first: string, last: string, facility = '', enabled = true) {
  const { alliance } = useWork();
  const query = useQuery(
    FacilityService.method.listMenus,
    {
      parent: alliance,
      startDate: apiDate(first),
      endDate: apiDate(last),
      facility,
      pageSize: 1000,
    },
    { enabled },
  );
  const menus = (query.data?.menus ?? []).filter((one) => one.dishes.length > 0 || one.note);
  return { menus, isPending: query.isPending, error: query.error, refetch: () => query.refetch() };
}
