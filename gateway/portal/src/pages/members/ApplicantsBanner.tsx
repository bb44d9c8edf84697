// How many applications wait, and the way to them.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWork } from '@/app/session';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

export function ApplicantsBanner() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  // As the workbench asks, so that they share one answer.
  const query = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, state: Member_State.APPLIED, pageSize: 10 },
    { refetchInterval: 60_000 },
  );
  const n = query.data?.totalSize ?? 0;
  if (n === 0) return null;
  return (
    <p className="banner banner-link">
      <span>{t('members.applicants', { n })}</span>
      <Link to="/members/applications" data-testid="applications">
        {t('members.toApplicants')}
      </Link>
    </p>
  );
}
