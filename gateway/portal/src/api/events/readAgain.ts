// Which of what was read is read again after a change. By the names that the API gives to
// methods: a Booking is read by GetBooking and in ListBookings of its package.
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { NoticeService } from '@/gen/jinhuan/meeting/v1/notice_service_pb';
import { refresh } from '../refresh';
import type { Change, News } from './stream';

interface Read {
  serviceName?: string;
  methodName?: string;
  input?: { name?: string };
}

const plural = (kind: string) =>
  kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}${/(s|ch)$/.test(kind) ? 'es' : 's'}`;

export function isReadBy(key: QueryKey, { kind, resource }: Change): boolean {
  const { serviceName = '', methodName, input } = (key[1] ?? {}) as Read;
  const dot = kind.lastIndexOf('.');
  if (serviceName.slice(0, serviceName.lastIndexOf('.')) !== kind.slice(0, dot)) return false;
  const name = kind.slice(dot + 1);
  if (methodName === `List${plural(name)}`) return true;
  return methodName === `Get${name}` && (!input?.name || input.name === resource);
}

// A notice follows what it is about within the second.
const NOTICED = 1_500;

// Reads again what the news are about.
export function makeReader(client: QueryClient) {
  let waits = false;
  return ({ changes, missed }: News) => {
    if (missed) return void client.invalidateQueries();
    if (changes.length === 0) return;
    void client.invalidateQueries({
      predicate: ({ queryKey }) => changes.some((change) => isReadBy(queryKey, change)),
    });
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      void refresh(client, NoticeService);
    }, NOTICED);
  };
}
