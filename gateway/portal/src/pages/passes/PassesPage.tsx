// My passes; or those for what my unit lends.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Decide } from '@/components/passes/Decide';
import { PassRow } from '@/components/passes/PassRow';
import { Tabs } from '@/components/Tabs';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';
import NotFoundPage from '../NotFoundPage';

const shown = [Pass_State.ACTIVE, Pass_State.PENDING, Pass_State.ENDED, Pass_State.CANCELLED];

export default function PassesPage({ lent = false }: { lent?: boolean }) {
  const { t } = useTranslation();
  const { alliance, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const asked = shown.find((one) => Pass_State[one] === params.get('state'));
  const allowed = !lent || isLiaison || isStreet;
  const query = useQuery(
    BookingService.method.listPasses,
    {
      parent: alliance,
      mine: !lent,
      lent,
      state: asked ?? Pass_State.UNSPECIFIED,
      pageToken: params.get('page') ?? '',
    },
    { refetchInterval: 15_000, enabled: allowed },
  );
  if (!allowed) return <NotFoundPage />;
  const passes = query.data?.passes ?? [];
  return (
    <>
      <PageHead title={t(lent ? 'passes.lent' : 'mine.title')}>
        {!lent && (
          <Link to="/passes/new" className="button-link button-primary" data-testid="pass-new">
            {t('passes.create')}
          </Link>
        )}
      </PageHead>
      {!lent && (
        <Tabs
          label={t('mine.title')}
          tabs={[
            { to: '/mine', label: t('mine.upcoming'), current: false },
            { to: '/mine?tab=past', label: t('mine.past'), current: false },
            { to: '/mine/passes', label: t('passes.title'), current: true },
          ]}
        />
      )}
      {lent && (
        <div className="filters">
          <FilterLinks
            label={t('passes.state')}
            param="state"
            options={[
              { value: '', label: t('passes.all') },
              ...shown.map((one) => ({
                value: Pass_State[one],
                label: t(`passes.is.${Pass_State[one]}`),
              })),
            ]}
          />
        </div>
      )}
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <div className="panel">
          <h2 className="sr-only">{t('passes.title')}</h2>
          {passes.length === 0 ? (
            <Empty
              why={t(lent ? 'passes.lentNone' : 'passes.none')}
              action={
                lent ? (
                  <Link to="/facilities">{t('nav.facilities')}</Link>
                ) : (
                  <Link to="/passes/new">{t('passes.create')}</Link>
                )
              }
            />
          ) : (
            <ul className="rows">
              {passes.map((pass) => (
                <li key={pass.name}>
                  <PassRow pass={pass} zone={zone}>
                    {lent && pass.state === Pass_State.PENDING && <Decide name={pass.name} />}
                  </PassRow>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
