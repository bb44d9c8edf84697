// Needs and offers are read by two sets of methods that answer alike.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import type { ExchangeCategory, ListingState } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import type { List, Listing } from './words';

// How often what other units may move is read again.
export const LIVE = { refetchInterval: 10_000 };

interface Wanted {
  parent: string;
  category: ExchangeCategory | undefined;
  state: ListingState | undefined;
  member: string;
  pageToken: string;
  pageSize: number;
}

export function useListings(list: List, wanted: Wanted) {
  const more = { ...LIVE, placeholderData: keepPreviousData };
  const needs = useQuery(ExchangeService.method.listNeeds, wanted, {
    ...more,
    enabled: list === 'needs',
  });
  const offers = useQuery(ExchangeService.method.listOffers, wanted, {
    ...more,
    enabled: list === 'offers',
  });
  const query = list === 'needs' ? needs : offers;
  const listings: readonly Listing[] =
    (list === 'needs' ? needs.data?.needs : offers.data?.offers) ?? [];
  return {
    listings,
    nextPageToken: query.data?.nextPageToken,
    isPending: query.isPending,
    error: query.error,
    refetch: () => query.refetch(),
  };
}

export function useListing(name: string, enabled = true) {
  const isNeed = name.includes('/needs/');
  const need = useQuery(
    ExchangeService.method.getNeed,
    { name },
    { ...LIVE, enabled: enabled && isNeed },
  );
  const offer = useQuery(
    ExchangeService.method.getOffer,
    { name },
    { ...LIVE, enabled: enabled && !isNeed },
  );
  const query = isNeed ? need : offer;
  return {
    listing: query.data as Listing | undefined,
    isPending: query.isPending,
    error: query.error,
    refetch: () => query.refetch(),
  };
}
