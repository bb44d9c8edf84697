// How much is booked, in the word of its kind: portions of a meal, places of anything else.
import { useTranslation } from 'react-i18next';
import type { Booking } from '@/gen/jinhuan/resource/v1/booking_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';

export function useAmount() {
  const { t } = useTranslation();
  const amount = (kind: FacilityKind, n: number) =>
    t(kind === FacilityKind.CANTEEN ? 'booking.portions' : 'booking.places', { n });
  return {
    amount,
    // Of a car its plate.
    usedWith: ({ plate, facilityKind, quantity }: Booking) =>
      plate || amount(facilityKind, quantity),
  };
}
