// Where what a facility has is booked, or asked for; nothing where that is agreed otherwise.
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';

export const bookingPage: Partial<Record<FacilityKind, string>> = {
  [FacilityKind.PARKING]: '/parking',
  [FacilityKind.CANTEEN]: '/canteen',
};
