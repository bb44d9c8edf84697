// The other units of a joint branch.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWork } from '@/app/session';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { idOf } from '@/lib/names';

const MOST = 8;

export function Siblings({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const query = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, jointBranch: member.jointBranch, pageSize: MOST + 1 },
    { enabled: member.jointBranch !== '' },
  );
  const others = (query.data?.members ?? []).filter((one) => one.name !== member.name);
  const total = (query.data?.totalSize ?? 0) - 1;
  if (others.length === 0) return null;
  return (
    <>
      <h3 className="facts-more">{t('members.siblings')}</h3>
      <ul className="siblings">
        {others.slice(0, MOST).map((one) => (
          <li key={one.name}>
            <Link to={`/members/${idOf(one.name)}`}>{one.displayName}</Link>
          </li>
        ))}
        {total > MOST && (
          <li>
            <Link to={`/members?branch=${encodeURIComponent(member.jointBranch)}`}>
              {t('members.allSiblings', { count: total + 1 })}
            </Link>
          </li>
        )}
      </ul>
    </>
  );
}
