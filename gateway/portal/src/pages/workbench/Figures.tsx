import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
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
import { DAY, MINUTE, ms, stamp } from '@/lib/time';

export function Figures() {
  const { t } = useTranslation();
  const { alliance: name } = useWork();
  const { alliance } = useAlliance();
  const meetings = useQuery(MeetingService.method.listMeetings, {
    parent: name,
    state: Meeting_State.CONVENED,
  });
  // A slot lasts a day at most, so what is on now began within one.
  const [hour] = useState(() => Math.floor(Date.now() / (60 * MINUTE)) * 60 * MINUTE);
  const parking = useQuery(BookingService.method.searchAvailability, {
    parent: name,
    kind: FacilityKind.PARKING,
    startTime: stamp(hour - DAY),
    endTime: stamp(hour + 60 * MINUTE),
    pageSize: 200,
  });
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
