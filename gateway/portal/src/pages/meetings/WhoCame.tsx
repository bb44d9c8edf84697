// Of a meeting that is over, per unit: who came, who was on leave, who was absent.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import type { Attendance } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { clock, ms } from '@/lib/time';
import { type Came, cameOf } from './came';

const looks: Record<Came, string> = {
  came: 'tag tag-confirmed',
  substitute: 'tag tag-confirmed',
  proxy: 'tag tag-confirmed',
  observer: 'tag tag-draft',
  leave: 'tag tag-draft',
  absent: 'tag tag-over',
};

export function WhoCame({ meeting }: { meeting: string }) {
  const { t } = useTranslation();
  const all = { parent: meeting, pageSize: 1000 };
  const queries = [
    useQuery(MeetingService.method.listInvitations, all),
    useQuery(MeetingService.method.listAttendances, all),
    useQuery(BallotService.method.listProxies, all),
  ] as const;
  const [invitations, attendances, proxies] = queries;
  const error = queries.find((one) => one.error)?.error;
  const rows = cameOf(
    invitations.data?.invitations ?? [],
    attendances.data?.attendances ?? [],
    proxies.data?.proxies ?? [],
  );
  return (
    <Panel title={t('meetings.whoCame')}>
      {error ? (
        <Failure
          text={explain(error).text}
          retry={() => Promise.all(queries.map((one) => one.refetch()))}
        />
      ) : queries.some((one) => one.isPending) ? (
        <PageSkeleton />
      ) : rows.length === 0 ? (
        <Empty why={t('meetings.invitationsNone')} />
      ) : (
        <ul className="invitations">
          {rows.map(({ key, unit, came, note, attendance }) => (
            <li key={key} data-testid="who-came" data-came={came}>
              <span className="invitation-unit">{unit}</span>
              <span className={looks[came]}>{t(`meetings.came.${came}`)}</span>
              <span className="muted invitation-note">
                {note}
                {attendance && <Times attendance={attendance} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Times({ attendance }: { attendance: Attendance }) {
  const { t } = useTranslation();
  const { zone } = useAlliance();
  const { checkInTime, leaveTime, delegateTitle } = attendance;
  return [
    delegateTitle,
    checkInTime && t('meetings.checkedIn', { time: clock(ms(checkInTime), zone) }),
    leaveTime && t('meetings.leftAt', { time: clock(ms(leaveTime), zone) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
