// Where what a facility has is booked, or asked for; and what the words of that page go by.
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';

export const bookingPage: Partial<Record<FacilityKind, string>> = {
  [FacilityKind.PARKING]: '/parking',
  [FacilityKind.CANTEEN]: '/canteen',
  [FacilityKind.VENUE]: '/venues',
  [FacilityKind.SERVICE]: '/services',
};

export const bookingWords: Record<FacilityKind, 'parking' | 'canteen' | 'venue' | 'service'> = {
  [FacilityKind.UNSPECIFIED]: 'service',
  [FacilityKind.PARKING]: 'parking',
  [FacilityKind.CANTEEN]: 'canteen',
  [FacilityKind.VENUE]: 'venue',
  [FacilityKind.SERVICE]: 'service',
};
