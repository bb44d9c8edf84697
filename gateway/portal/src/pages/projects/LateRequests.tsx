// The requests whose time is over, of one unit or of all.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { Panel } from '@/components/Panel';
import { StateTag } from '@/components/requests/StateTag';
import {
  RequestService,
  RequestUrgency,
  RequestView,
} from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';
import { deadline, ms } from '@/lib/time';

// So many are shown; the list has them all.
const MOST = 50;

export function LateRequests({ member }: { member: string }) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(
    RequestService.method.listRequests,
    {
      parent: alliance,
      view: member ? RequestView.UNIT : RequestView.ALLIANCE,
      member,
      urgency: RequestUrgency.OVERDUE,
      pageSize: MOST,
    },
    { refetchInterval: 15_000 },
  );
  const requests = query.data?.requests ?? [];
  return (
    <Panel
      title={t('projects.board.requests')}
      extra={requests.length > 0 && <span className="count">{requests.length}</span>}
    >
      {query.error && <Failure text={explain(query.error).text} retry={() => query.refetch()} />}
      {query.data && requests.length === 0 && (
        <p className="muted">{t('projects.board.noRequests')}</p>
      )}
      <ul className="rows">
        {requests.map((request) => (
          <li key={request.name} className="member-card" data-testid="board-request">
            <Link to={`/requests/${idOf(request.name)}`}>{request.title}</Link>
            <span>
              <StateTag request={request} />
            </span>
            <span className="muted">
              {[
                request.memberDisplayName || t('requests.noUnit'),
                t('projects.board.requestDue', {
                  time: deadline(ms(request.dueTime), zone, i18n.language),
                }),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {query.data?.nextPageToken && (
        <Link to={`/requests?view=all&urgency=${RequestUrgency.OVERDUE}`}>
          {t('projects.board.allRequests')}
        </Link>
      )}
    </Panel>
  );
}
