// What of the journal is asked for: the address says it.
import type { MessageInitShape } from '@bufbuild/protobuf';
import { useSearchParams } from 'react-router';
import type { ListEntriesRequestSchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import { addDays, DEFAULT_ZONE, instant, isDay, stamp } from '@/lib/time';
import { homeOf, isService, type ServiceId } from './services';

// What narrows a list, and with its order all that a reader may keep under a name.
export const narrowing = ['alliance', 'resource', 'method', 'actor', 'from', 'to'] as const;
export const kept = ['service', ...narrowing, 'order'];

export type Narrowing = (typeof narrowing)[number];

export interface Selection {
  service: ServiceId;
  // Of the one entry that is wanted; "" for a list.
  number: string;
  chosen: Partial<Record<Narrowing, string>>;
  // Whether the period ends before it begins, so that nothing can lie in it.
  reversed: boolean;
  request: MessageInitShape<typeof ListEntriesRequestSchema>;
}

const PAGE = 50;

// What is typed into a field of days is one long before it is finished.
const isPlausible = (day: string) => isDay(day) && day > '1970-01-01' && day < '9999';

export function useSelection(): Selection {
  const [params] = useSearchParams();
  const asked = params.get('service') ?? '';
  const chosen: Selection['chosen'] = {};
  for (const name of narrowing) {
    const value = params.get(name);
    if (value && (!(name === 'from' || name === 'to') || isPlausible(value))) chosen[name] = value;
  }
  const { alliance = '', resource = '', method = '', actor = '', from, to } = chosen;
  const midnight = (day: string) => stamp(instant(day, 0, DEFAULT_ZONE));
  return {
    service: isService(asked) ? asked : homeOf(resource),
    number: params.get('number') ?? '',
    chosen,
    reversed: !!from && !!to && to < from,
    request: {
      // Short names of alliances will do, as the pages show them.
      alliance: alliance && !alliance.includes('/') ? `alliances/${alliance}` : alliance,
      resource,
      method,
      actor,
      startTime: from ? midnight(from) : undefined,
      // The last day belongs to it.
      endTime: to ? midnight(addDays(to, 1)) : undefined,
      newestFirst: params.get('order') !== 'oldest',
      pageToken: params.get('page') ?? '',
      pageSize: PAGE,
    },
  };
}
