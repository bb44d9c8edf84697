// The inbox as every page's header shows it.
import { useQuery } from '@connectrpc/connect-query';
import { NoticeService } from '@/gen/jinhuan/meeting/v1/notice_service_pb';

// What comes of nothing that the reader is told of.
const EVERY = 60_000;

// How many notices are not read; 100 means 100 or more.
export function useUnread(): number {
  const query = useQuery(
    NoticeService.method.listNotices,
    { pageSize: 1 },
    { refetchInterval: EVERY, refetchOnWindowFocus: true },
  );
  return query.data?.unreadCount ?? 0;
}
