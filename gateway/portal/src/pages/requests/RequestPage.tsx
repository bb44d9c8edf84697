// One request: what it is, how far it is, and what the reader may do.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Photos } from '@/components/requests/Photos';
import { RequestActs } from '@/components/requests/RequestActs';
import { StateTag } from '@/components/requests/StateTag';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';

export default function RequestPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(RequestService.method.getRequest, {
    name: `${alliance}/requests/${id}`,
  });
  const back = { to: '/requests', label: t('nav.requests') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    return (
      <>
        <PageHead title={t('nav.requests')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const request = query.data;
  const at = (time: typeof request.dueTime) => dateTime(ms(time), zone, i18n.language);
  return (
    <>
      <PageHead title={request.title} back={back} sub={<StateTag request={request} />}>
        <RequestActs request={request} />
      </PageHead>
      <div className="halves">
        <Facts
          title={t('requests.facts')}
          facts={[
            [t('requests.categoryLabel'), t(`requests.category.${request.category}`)],
            [t('requests.typeLabel'), t(`requests.type.${request.type}`)],
            [t('requests.place'), request.place],
            [t('requests.grid'), request.grid],
            [t('requests.unit'), request.memberDisplayName || t('requests.noUnit')],
            [t('requests.due'), request.dueTime && at(request.dueTime)],
            ...(request.reporter && !request.own
              ? ([[t('requests.reporter'), request.reporter]] as [string, string][])
              : []),
            ...(request.source
              ? ([[t('requests.source'), request.source]] as [string, string][])
              : []),
          ]}
        >
          {request.topic && (
            <p>
              <Link to={`/topics/${idOf(request.topic)}`}>{t('requests.topic')}</Link>
            </p>
          )}
          {request.description && <p>{request.description}</p>}
          <Photos names={request.photos} />
        </Facts>
        <Panel title={t('requests.progress')}>
          <ol className="request-steps" aria-live="polite" data-testid="steps">
            {request.steps.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
              <li key={i}>
                <b>{t(`requests.state.${step.state}`)}</b> {at(step.time)}
                <p className="muted">
                  {[t(`requests.actor.${step.actor}`), step.memberDisplayName, step.reason]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ol>
        </Panel>
      </div>
      {request.result && (
        <Panel title={t('requests.result')}>
          <p>{request.result}</p>
          <Photos names={request.resultPhotos} />
          {request.rating > 0 && (
            <p data-testid="rating">
              {t('requests.rating')} {t('requests.stars', { n: request.rating })}{' '}
              {request.ratingComment}
            </p>
          )}
        </Panel>
      )}
    </>
  );
}
