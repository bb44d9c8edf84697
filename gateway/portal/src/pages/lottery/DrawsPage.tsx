// The draws of the alliance, those to come and those that were, the latest day first.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { drawPath } from '@/components/lottery/words';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { clockRange, deadline, longDate, ms } from '@/lib/time';

export default function DrawsPage() {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const query = useQuery(LotteryService.method.listDraws, {
    parent: alliance,
    pageToken: params.get('page') ?? '',
  });
  const draws = query.data?.draws ?? [];
  return (
    <>
      <PageHead
        title={t('lottery.title')}
        sub={t('lottery.what')}
        back={{ to: '/parking', label: t('nav.parking') }}
      />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <div className="panel">
          {draws.length === 0 ? (
            <Empty
              why={t('lottery.none')}
              action={<Link to="/parking">{t('lottery.toParking')}</Link>}
            />
          ) : (
            <>
              <h2 className="sr-only">{t('lottery.title')}</h2>
              <ul className="rows">
                {draws.map((draw) => (
                  <li key={draw.name} data-testid="draw">
                    <h3>
                      <Link to={drawPath(draw.name)}>
                        {`${draw.facilityDisplayName} · ${longDate(ms(draw.startTime), zone, i18n.language)}`}
                      </Link>{' '}
                      <span className="tag">{t(`lottery.drawState.${draw.state}`)}</span>
                    </h3>
                    <p className="muted">
                      {clockRange(ms(draw.startTime), ms(draw.endTime), zone)} ·{' '}
                      {t('lottery.closesAt', {
                        time: deadline(ms(draw.closeTime), zone, i18n.language),
                      })}
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
