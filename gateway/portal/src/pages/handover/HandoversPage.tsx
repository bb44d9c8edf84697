// The handovers of the chair, the next one first.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { stateTag } from '@/components/handovers/words';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { HandoverService } from '@/gen/jinhuan/meeting/v1/handover_service_pb';
import { idOf } from '@/lib/names';
import { longDate, ms } from '@/lib/time';
import { RotationTabs } from '@/pages/rotation/RotationTabs';

export default function HandoversPage() {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const query = useQuery(
    HandoverService.method.listHandovers,
    { parent: alliance, pageToken: params.get('page') ?? '', pageSize: 20 },
    { placeholderData: keepPreviousData },
  );
  const handovers = query.data?.handovers ?? [];
  return (
    <>
      <PageHead title={t('handover.list')} sub={t('handover.sub')} />
      <RotationTabs />
      {query.isPending ? (
        <PageSkeleton lines={6} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : handovers.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('handover.none')}
            action={<Link to="/rotation">{t('rotation.swap.toTerms')}</Link>}
          />
        </div>
      ) : (
        <ul className="panel rows">
          {handovers.map((one) => (
            <li key={one.name} className="member-card" data-testid="handover">
              <Link to={idOf(one.name)} className="member-card-name">
                {t('handover.between', {
                  from: one.outgoingMemberDisplayName,
                  to: one.incomingMemberDisplayName,
                })}
              </Link>
              <span className={`tag ${stateTag[one.state]}`}>
                {t(`handover.state.${one.state}`)}
              </span>
              <span className="muted">
                {t('handover.boundary', {
                  day: longDate(ms(one.boundaryTime), zone, i18n.language),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
