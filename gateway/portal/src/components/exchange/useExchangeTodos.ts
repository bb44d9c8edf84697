import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { LIVE } from './useListings';

// Claims to answer and deliveries to confirm, for the reader's unit.
export function useExchangeTodos() {
  const { alliance, member, isLiaison } = useWork();
  const query = useQuery(
    ExchangeService.method.listMatches,
    { parent: alliance, waiting: true, pageSize: 20 },
    { ...LIVE, enabled: isLiaison },
  );
  // A liaison of several units works for one at a time.
  const matches = ((isLiaison && query.data?.matches) || []).filter(
    (match) => match.awaits === member,
  );
  return {
    matches,
    total: matches.length,
    isPending: isLiaison && query.isPending,
    error: isLiaison ? query.error : null,
    refetch: () => query.refetch(),
  };
}
