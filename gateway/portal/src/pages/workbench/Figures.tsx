import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Figure } from '@/components/Figure';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import {
  BookingService,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { MINUTE, ms, stamp } from '@/lib/time';

const HOUR = 60 * MINUTE;

export function Figures() {
  const { t } = useTranslation();
  const { alliance: name } = useWork();
  const { alliance } = useAlliance();
  const meetings = useQuery(MeetingService.method.listMeetings, {
    parent: name,
    state: Meeting_State.CONVENED,
  });
  // What overlaps this hour, whenever it began: by the hour, so that the
  // question stays the same from one drawing to the next.
  const hour = Math.floor(Date.now() / HOUR) * HOUR;
  const parking = useQuery(
    BookingService.method.searchAvailability,
    {
      parent: name,
      kind: FacilityKind.PARKING,
      startTime: stamp(hour),
      endTime: stamp(hour + HOUR),
      pageSize: 1000,
    },
    { refetchInterval: MINUTE, placeholderData: keepPreviousData },
  );
  const upcoming = meetings.data?.meetings.filter((one) => ms(one.endTime) > Date.now()).length;
  const free = parking.data?.facilities
    .flatMap((facility) => facility.slots)
    .filter((slot) => slot.state === SlotAvailability_State.BOOKABLE)
    .filter((slot) => ms(slot.startTime) <= Date.now() && ms(slot.endTime) > Date.now())
    .reduce((sum, slot) => sum + slot.free, 0);

  return (
    <section aria-label={t('home.figures')} className="figures">
      <Figure label={t('home.freeNow')} value={free} to="/parking" />
      <Figure label={t('home.upcomingMeetings')} value={upcoming} to="/meetings" />
      <Figure
        label={t('home.activeMembers')}
        value={alliance?.activeMemberCount}
        to="/members?state=active"
      />
      <Figure label={t('home.partyMembers')} value={alliance?.partyMemberCount} to="/overview" />
    </section>
  );
}
