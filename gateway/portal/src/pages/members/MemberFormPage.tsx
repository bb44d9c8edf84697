// A new applicant, or what a member says of itself.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';
import { MemberForm } from './MemberForm';

export default function MemberFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const { alliance, member: own, isLiaison, isStreet } = useWork();
  const name = `${alliance}/members/${id}`;
  const query = useQuery(
    MemberService.method.getMember,
    { name },
    // What is being edited must not change under the reader's hands.
    { enabled: !!id, refetchOnWindowFocus: false },
  );
  const done = (member: Member) => navigate(`/members/${idOf(member.name)}`);

  if (!isStreet && !(isLiaison && own === name)) return <NotFoundPage />;
  if (!id) {
    return (
      <>
        <PageHead
          title={t('members.create')}
          back={{ to: '/members', label: t('nav.members') }}
          sub={t('members.createSub')}
        />
        <MemberForm onDone={done} />
      </>
    );
  }
  if (query.isPending) return <PageSkeleton lines={10} />;
  return (
    <>
      <PageHead
        title={t('members.edit')}
        back={{ to: `/members/${id}`, label: query.data?.displayName ?? t('nav.members') }}
      />
      {query.data ? (
        <MemberForm
          member={query.data}
          reload={async () => (await query.refetch()).data}
          onDone={done}
        />
      ) : (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      )}
    </>
  );
}
