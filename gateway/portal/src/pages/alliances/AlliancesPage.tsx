import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import type { Alliance } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { useIsPhone } from '@/lib/media';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE, longDate, ms } from '@/lib/time';

export default function AlliancesPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const query = useQuery(AllianceService.method.listAlliances, {
    pageToken: params.get('page') ?? '',
    pageSize: 20,
  });
  const alliances = query.data?.alliances ?? [];
  const create = (
    <Link to="/alliances/new" className="button-link button-primary" data-testid="alliance-new">
      {t('alliances.create')}
    </Link>
  );
  return (
    <>
      <PageHead title={t('nav.alliances')} sub={t('alliances.sub')}>
        {create}
      </PageHead>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : alliances.length === 0 ? (
        <div className="panel">
          <Empty why={t('alliances.none')} action={create} />
        </div>
      ) : phone ? (
        <AllianceCards alliances={alliances} />
      ) : (
        <AllianceTable alliances={alliances} />
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

interface Props {
  alliances: readonly Alliance[];
}

function AllianceTable({ alliances }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <div className="panel table-panel">
      <table className="table">
        <caption className="sr-only">{t('nav.alliances')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('alliances.displayName')}</th>
            <th scope="col">{t('alliances.street')}</th>
            <th scope="col">{t('alliances.id')}</th>
            <th scope="col">{t('alliances.timeZone')}</th>
            <th scope="col" className="num">
              {t('alliances.members')}
            </th>
            <th scope="col">{t('alliances.created')}</th>
          </tr>
        </thead>
        <tbody>
          {alliances.map((one) => (
            <tr key={one.name} data-testid="alliance-row">
              <th scope="row">{one.displayName}</th>
              <td>{one.streetDisplayName || '–'}</td>
              <td className="mono">{idOf(one.name)}</td>
              <td>{one.timeZone}</td>
              <td className="num">{one.activeMemberCount}</td>
              <td>{longDate(ms(one.createTime), DEFAULT_ZONE, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AllianceCards({ alliances }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="panel rows">
      {alliances.map((one) => (
        <li key={one.name} data-testid="alliance-row">
          <h2>{one.displayName}</h2>
          <p>{one.streetDisplayName}</p>
          <p className="muted">
            {[
              idOf(one.name),
              one.timeZone,
              t('alliances.count', { count: one.activeMemberCount }),
            ].join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
