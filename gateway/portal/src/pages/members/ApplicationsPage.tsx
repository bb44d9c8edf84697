// The applications that wait for the street, each with what it says and the decision.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { Decide } from '@/components/members/Decide';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { type Member, Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberOrder, MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { idOf } from '@/lib/names';
import { longDate, ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import './members.css';

export default function ApplicationsPage() {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  const [params] = useSearchParams();
  const query = useQuery(
    MemberService.method.listMembers,
    {
      parent: alliance,
      state: Member_State.APPLIED,
      order: MemberOrder.NEWEST,
      pageToken: params.get('page') ?? '',
      pageSize: 10,
    },
    { enabled: isStreet, refetchInterval: 60_000 },
  );
  if (!isStreet) return <NotFoundPage />;
  const applicants = query.data?.members ?? [];
  return (
    <>
      <PageHead
        title={t('members.applications')}
        sub={t('members.applicationsSub')}
        back={{ to: '/members', label: t('nav.members') }}
      />
      {query.isPending ? (
        <PageSkeleton lines={10} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : applicants.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('members.noApplications')}
            action={<Link to="/members">{t('members.toMembers')}</Link>}
          />
        </div>
      ) : (
        <ul className="panel rows">
          {applicants.map((member) => (
            <Application key={member.name} member={member} />
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} total={query.data?.totalSize} />
    </>
  );
}

function Application({ member }: { member: Member }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const said: [string, string][] = [
    [t('members.sectorLabel'), t(`members.sector.${member.sector}`)],
    [t('members.organizationLabel'), t(`members.organization.${member.partyOrganization}`)],
    [t('members.superior'), member.superiorOrganization],
    [t('members.partyMemberCount'), String(member.partyMemberCount)],
    [t('members.uscc'), member.uscc],
    [t('members.address'), member.address],
    [t('members.liaisonTitle'), member.liaisonTitle],
    [t('members.liaisonPhone'), member.liaisonPhone],
  ];
  return (
    <li className="application" data-testid="application">
      <div className="application-head">
        <h2>
          <Link to={`/members/${idOf(member.name)}`}>{member.displayName}</Link>
        </h2>
        <span className="muted">
          {t('members.appliedOn', { date: longDate(ms(member.createTime), zone, i18n.language) })}
        </span>
      </div>
      <dl className="application-facts">
        {said
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Decide member={member} />
    </li>
  );
}
