import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Answer } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { clock, longDate, ms } from '@/lib/time';

const looks: Record<Answer, string> = {
  [Answer.UNSPECIFIED]: 'tag tag-applied',
  [Answer.ATTEND]: 'tag tag-confirmed',
  [Answer.SUBSTITUTE]: 'tag tag-confirmed',
  [Answer.LEAVE]: 'tag tag-over',
};

export function Invitations({ meeting, zone }: { meeting: string; zone: string }) {
  const { t, i18n } = useTranslation();
  const [params] = useSearchParams();
  const query = useQuery(
    MeetingService.method.listInvitations,
    { parent: meeting, pageToken: params.get('page') ?? '', pageSize: 100 },
    { refetchInterval: 30_000 },
  );
  const invitations = query.data?.invitations ?? [];
  return (
    <Panel title={t('meetings.invitations')}>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : invitations.length === 0 ? (
        <Empty why={t('meetings.invitationsNone')} />
      ) : (
        <ul className="invitations">
          {invitations.map((one) => (
            <li key={one.name} data-testid="invitation" data-answer={one.answer}>
              <span className="invitation-unit">{one.memberDisplayName}</span>
              <span className={looks[one.answer]}>{t(`meetings.answer.${one.answer}`)}</span>
              <span className="muted invitation-note">
                {[
                  one.note,
                  one.answerTime &&
                    `${longDate(ms(one.answerTime), zone, i18n.language)} ${clock(ms(one.answerTime), zone)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </Panel>
  );
}
