// How many applications wait, and the way to them.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWork } from '@/app/session';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

export function useApplicantCount() {
  const { alliance, isStreet } = useWork();
  // As the workbench asks, so that they share one answer.
  const query = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, state: Member_State.APPLIED, pageSize: 10 },
    { refetchInterval: 60_000, enabled: isStreet },
  );
  return { n: query.data?.totalSize ?? 0, isLoading: query.isLoading };
}

export function ApplicantsBanner({ n }: { n: number }) {
  const { t } = useTranslation();
  return (
    <p className="banner banner-link">
      <span>{t('members.applicants', { n })}</span>
      <Link to="/members/applications" data-testid="applications">
        {t('members.toApplicants')}
      </Link>
    </p>
  );
}
