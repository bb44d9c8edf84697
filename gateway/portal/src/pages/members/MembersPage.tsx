import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { memberStateIn, sectorIn } from '@/lib/enums';
import { useIsPhone } from '@/lib/media';
import { MemberCards, MemberTable } from './MemberLists';
import { SearchBox } from './SearchBox';

export default function MembersPage() {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const query = useQuery(
    MemberService.method.listMembers,
    {
      parent: alliance,
      state: memberStateIn[params.get('state') ?? ''],
      sector: sectorIn[params.get('sector') ?? ''],
      query: (params.get('q') ?? '').slice(0, 60),
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    // The list stays while the next is read: no flicker from key to key.
    { placeholderData: keepPreviousData },
  );
  const members = query.data?.members ?? [];
  const filtered = ['q', 'state', 'sector'].some((key) => params.has(key));

  return (
    <>
      <PageHead title={t('nav.members')}>
        {isStreet && (
          <Link to="/members/new" className="button-link button-primary" data-testid="member-new">
            {t('members.create')}
          </Link>
        )}
      </PageHead>
      <div className="filters">
        <SearchBox label={t('members.search')} />
        <FilterLinks
          label={t('members.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('members.allStates') },
            ...Object.entries(memberStateIn).map(([value, state]) => ({
              value,
              label: t(`members.state.${state}`),
            })),
          ]}
        />
        <FilterLinks
          label={t('members.sectorLabel')}
          param="sector"
          options={[
            { value: '', label: t('members.allSectors') },
            ...Object.entries(sectorIn).map(([value, sector]) => ({
              value,
              label: t(`members.sector.${sector}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={12} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : members.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'members.noneFound' : 'members.none')}
            action={
              filtered ? (
                <Link to="/members">{t('action.clearFilters')}</Link>
              ) : (
                isStreet && <Link to="/members/new">{t('members.create')}</Link>
              )
            }
          />
        </div>
      ) : phone ? (
        <MemberCards members={members} />
      ) : (
        <MemberTable members={members} />
      )}
      <Pager nextPageToken={query.data?.nextPageToken} total={query.data?.totalSize} />
    </>
  );
}
