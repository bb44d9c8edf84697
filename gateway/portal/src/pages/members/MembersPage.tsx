import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { CopyButton } from '@/components/CopyButton';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { useIsPhone } from '@/lib/media';
import { idOf } from '@/lib/names';
import { ApplicantsBanner, useApplicantCount } from './ApplicantsBanner';
import { ExportMembers } from './ExportMembers';
import { MemberFilters } from './MemberFilters';
import { MemberCards, MemberTable } from './MemberLists';
import { useMemberFilter } from './useMemberFilter';

export default function MembersPage() {
  const { t } = useTranslation();
  const { alliance, isLiaison, isStreet } = useWork();
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const { request, filtered } = useMemberFilter();
  const query = useQuery(
    MemberService.method.listMembers,
    { ...request, pageToken: params.get('page') ?? '', pageSize: 20 },
    // The list stays while the next is read: no flicker from key to key.
    { placeholderData: keepPreviousData },
  );
  const members = query.data?.members ?? [];
  const applicants = useApplicantCount();

  // All of it at once: a banner that comes later would push the list down.
  const first = query.isPending || applicants.isLoading;

  return (
    <>
      <PageHead title={t('nav.members')}>
        {(isStreet || isLiaison) && <ExportMembers />}
        {isStreet && (
          <>
            <CopyButton
              text={`${window.location.origin}/apply/${idOf(alliance)}`}
              label={t('members.copyApply')}
              testId="copy-apply"
            />
            <Link to="/members/import" className="button-link" data-testid="member-import">
              {t('roster.title')}
            </Link>
            <Link to="/members/new" className="button-link button-primary" data-testid="member-new">
              {t('members.create')}
            </Link>
          </>
        )}
      </PageHead>
      {applicants.n > 0 && !first && <ApplicantsBanner n={applicants.n} />}
      {!first && <MemberFilters />}
      {first ? (
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
                isStreet && <Link to="/members/import">{t('roster.title')}</Link>
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
