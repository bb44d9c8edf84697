// The lists of the exchange: their values in order, and their names in addresses.
import {
  ExchangeCategory,
  ListingState,
  Match_State,
  type Need,
  type Offer,
} from '@/gen/jinhuan/resource/v1/exchange_pb';

export type Listing = Need | Offer;
export type List = 'needs' | 'offers';

export const categoryIn: Record<string, ExchangeCategory> = {
  recruiting: ExchangeCategory.RECRUITING,
  training: ExchangeCategory.TRAINING,
  volunteers: ExchangeCategory.VOLUNTEERS,
  venues: ExchangeCategory.VENUES,
  'service-points': ExchangeCategory.SERVICE_POINTS,
  other: ExchangeCategory.OTHER,
};

export const listingStateIn: Record<string, ListingState> = {
  open: ListingState.OPEN,
  taken: ListingState.TAKEN,
  withdrawn: ListingState.WITHDRAWN,
};

export const matchStateIn: Record<string, Match_State> = {
  claimed: Match_State.CLAIMED,
  agreed: Match_State.AGREED,
  delivered: Match_State.DELIVERED,
  completed: Match_State.COMPLETED,
  withdrawn: Match_State.WITHDRAWN,
};

export const listingTag: Record<ListingState, string> = {
  [ListingState.UNSPECIFIED]: '',
  [ListingState.OPEN]: 'tag-confirmed',
  [ListingState.TAKEN]: 'tag-applied',
  [ListingState.WITHDRAWN]: '',
};

export const matchTag: Record<Match_State, string> = {
  [Match_State.UNSPECIFIED]: '',
  [Match_State.CLAIMED]: 'tag-applied',
  [Match_State.AGREED]: 'tag-confirmed',
  [Match_State.DELIVERED]: 'tag-applied',
  [Match_State.COMPLETED]: 'tag-confirmed',
  [Match_State.WITHDRAWN]: '',
};

export const listOf = (name: string): List => (name.includes('/needs/') ? 'needs' : 'offers');
