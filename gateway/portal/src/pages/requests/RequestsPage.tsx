import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { RequestActs } from '@/components/requests/RequestActs';
import { StateTag } from '@/components/requests/StateTag';
import { types } from '@/components/requests/words';
import { type Request, Request_State, RequestType } from '@/gen/jinhuan/meeting/v1/request_pb';
import {
  RequestService,
  RequestUrgency,
  RequestView,
} from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';

const viewIn: Record<string, RequestView> = {
  own: RequestView.OWN,
  unit: RequestView.UNIT,
  all: RequestView.ALLIANCE,
};
const urgencies = [RequestUrgency.OVERDUE, RequestUrgency.SOON] as const;
const states = Object.values(Request_State).filter(
  (state): state is Request_State => typeof state === 'number' && state > 0,
);

export default function RequestsPage() {
  const { t } = useTranslation();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const views = [...(isStreet ? ['all'] : []), ...(isLiaison ? ['unit'] : []), 'own'];
  const asked = params.get('view') ?? '';
  const view = views.includes(asked) ? asked : (views[0] ?? 'own');
  const asks = {
    parent: alliance,
    view: viewIn[view],
    member: view === 'unit' ? member : '',
    state: Number(params.get('state')) || Request_State.UNSPECIFIED,
    type: Number(params.get('type')) || RequestType.UNSPECIFIED,
    urgency: Number(params.get('urgency')) || RequestUrgency.UNSPECIFIED,
  };
  const query = useQuery(
    RequestService.method.listRequests,
    {
      ...asks,
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { placeholderData: keepPreviousData },
  );
  const requests = query.data?.requests ?? [];
  const none = { own: 'requests.none', unit: 'requests.noneUnit' }[view] ?? 'requests.noneAll';
  return (
    <>
      <PageHead title={t('nav.requests')}>
        {isStreet && (
          <Link to="/requests/dispatch" className="button-link" data-testid="dispatch-table">
            {t('requests.table.link')}
          </Link>
        )}
        {(isStreet || isLiaison) && (
          <ExportButton
            method={RequestService.method.exportRequests}
            request={asks}
            testId="requests-export"
          />
        )}
        <Link to="/requests/new" className="button-link button-primary" data-testid="request-new">
          {t('requests.report')}
        </Link>
      </PageHead>
      <div className="filters">
        {views.length > 1 && (
          <FilterLinks
            label={t('nav.requests')}
            param="view"
            current={view}
            options={views.map((value) => ({ value, label: t(`requests.view.${value}`) }))}
          />
        )}
        <FilterSelect
          label={t('requests.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('filters.any') },
            ...states.map((state) => ({
              value: String(state),
              label: t(`requests.state.${state}`),
            })),
          ]}
        />
        <FilterSelect
          label={t('requests.typeLabel')}
          param="type"
          options={[
            { value: '', label: t('filters.any') },
            ...types.map((type) => ({ value: String(type), label: t(`requests.type.${type}`) })),
          ]}
        />
        <FilterSelect
          label={t('requests.urgencyLabel')}
          param="urgency"
          options={[
            { value: '', label: t('filters.any') },
            ...urgencies.map((urgency) => ({
              value: String(urgency),
              label: t(`requests.urgency.${urgency}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : requests.length === 0 ? (
        <div className="panel">
          <Empty why={t(none)} action={<Link to="/requests/new">{t('requests.report')}</Link>} />
        </div>
      ) : (
        <section className="panel" aria-labelledby="requests-list">
          <h2 id="requests-list" className="sr-only">
            {t('requests.list')}
          </h2>
          <ul className="rows">
            {requests.map((request) => (
              <li key={request.name}>
                <Row request={request} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

function Row({ request }: { request: Request }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  return (
    <div className="request-row" data-testid="request">
      <div className="request-text">
        <p>
          <StateTag request={request} />
        </p>
        <h3>
          <Link to={`/requests/${idOf(request.name)}`}>{request.title}</Link>
        </h3>
        <p className="muted">
          {[
            t(`requests.category.${request.category}`),
            request.place,
            request.memberDisplayName,
            dateTime(ms(request.createTime), zone, i18n.language),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <RequestActs request={request} />
    </div>
  );
}
