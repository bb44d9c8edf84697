// One request: what it is, how far it is, and what the reader may do.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { MergedRequests } from '@/components/requests/MergedRequests';
import { MergeSheet } from '@/components/requests/MergeSheet';
import { Photos } from '@/components/requests/Photos';
import { RequestActs } from '@/components/requests/RequestActs';
import { SplitButton } from '@/components/requests/SplitButton';
import { StateTag } from '@/components/requests/StateTag';
import { Steps } from '@/components/requests/Steps';
import { Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';
import { deadline, ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';

export default function RequestPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isLiaison, member } = useWork();
  const [merging, setMerging] = useState(false);
  const { zone } = useAlliance();
  const query = useQuery(RequestService.method.getRequest, {
    name: `${alliance}/requests/${id}`,
  });
  const back = { to: '/requests', label: t('nav.requests') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    if (isMissing(query.error)) return <NotFoundPage />;
    return (
      <>
        <PageHead title={t('nav.requests')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const request = query.data;
  const { progress } = request;
  const result = progress?.result || request.result;
  const department = progress?.memberDisplayName || request.memberDisplayName;
  const handles = isStreet || (isLiaison && request.member !== '' && request.member === member);
  return (
    <>
      <PageHead title={request.title} back={back} sub={<StateTag request={request} />}>
        {isStreet && request.state < Request_State.RESOLVED && (
          <Button onClick={() => setMerging(true)} data-testid="merge">
            {t('requests.merge')}
          </Button>
        )}
        {isStreet && progress && progress.state < Request_State.RESOLVED && (
          <SplitButton request={request} />
        )}
        <RequestActs request={request} />
        <MergeSheet request={request} open={merging} onClose={() => setMerging(false)} />
      </PageHead>
      <div className="halves">
        <Facts
          title={t('requests.facts')}
          facts={[
            [t('requests.categoryLabel'), t(`requests.category.${request.category}`)],
            [t('requests.typeLabel'), t(`requests.type.${request.type}`)],
            [t('requests.place'), request.place],
            [t('requests.grid'), request.grid],
            [t('requests.unit'), department || t('requests.noUnit')],
            [
              t('requests.due'),
              request.dueTime && deadline(ms(request.dueTime), zone, i18n.language),
            ],
            ...(request.reporter && !request.own
              ? ([[t('requests.reporter'), request.reporter]] as [string, string][])
              : []),
            ...(progress
              ? ([
                  [
                    t('requests.mergedInto'),
                    isStreet ? (
                      <Link key="into" to={`/requests/${idOf(request.mergedInto)}`}>
                        {t('requests.mergedOpen')}
                      </Link>
                    ) : (
                      t('requests.mergedSame')
                    ),
                  ],
                ] as Fact[])
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
          {request.description && <p className="said">{request.description}</p>}
          <Photos names={request.photos} />
        </Facts>
        <Panel title={t('requests.progress')}>
          <Steps steps={request.steps} testId="steps" />
          {progress && (
            <>
              <p>{t('requests.mergedNote')}</p>
              <Steps steps={progress.steps} testId="progress-steps" />
            </>
          )}
        </Panel>
      </div>
      {handles && request.mergedCount > 0 && <MergedRequests request={request} />}
      {result && (
        <Panel title={t('requests.result')}>
          <p className="said" data-testid="result-shown">
            {result}
          </p>
          <Photos names={request.resultPhotos} />
          {request.rating > 0 && (
            <p className="said" data-testid="rating">
              {t('requests.rating')} {t('requests.stars', { n: request.rating })}{' '}
              {request.ratingComment}
            </p>
          )}
        </Panel>
      )}
    </>
  );
}
