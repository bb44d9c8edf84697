import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { MeetingRow } from '@/components/meetings/MeetingRow';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { ms } from '@/lib/time';

export function UpcomingMeetings() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(MeetingService.method.listMeetings, {
    parent: alliance,
    state: Meeting_State.CONVENED,
  });
  const coming = (query.data?.meetings ?? [])
    .filter((one) => ms(one.endTime) > Date.now())
    .reverse()
    .slice(0, 3);
  return (
    <Panel title={t('home.upcomingMeetings')} extra={<Link to="/meetings">{t('action.all')}</Link>}>
      {query.isPending ? (
        <PageSkeleton lines={3} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : coming.length === 0 ? (
        <Empty
          why={t('meetings.noneComing')}
          action={<Link to="/meetings">{t('home.toMeetings')}</Link>}
        />
      ) : (
        <ul className="rows">
          {coming.map((meeting) => (
            <li key={meeting.name}>
              <MeetingRow meeting={meeting} zone={zone} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
