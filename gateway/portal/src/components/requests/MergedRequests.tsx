// What was merged into a request, for the street and the unit that has it.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';

export function MergedRequests({ request }: { request: Request }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const query = useQuery(RequestService.method.listMergedRequests, {
    parent: request.name,
    pageSize: 200,
  });
  return (
    <Panel
      title={t('requests.mergedList')}
      extra={<span className="count">{request.mergedCount}</span>}
    >
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <ul className="rows" data-testid="merged-list">
          {query.data.requests.map((one) => (
            <li key={one.name}>
              <Link to={`/requests/${idOf(one.name)}`}>{one.title}</Link>
              <p className="muted">
                {[one.place, dateTime(ms(one.createTime), zone, i18n.language)].join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
