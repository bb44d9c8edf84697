import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { Approve } from '@/components/members/Approve';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { longDate, ms } from '@/lib/time';
import { StateTag } from './MemberLists';

export default function MemberPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance, member: own, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const name = `${alliance}/members/${id}`;
  const query = useQuery(MemberService.method.getMember, { name });
  const back = { to: '/members', label: t('nav.members') };

  if (query.isPending) return <PageSkeleton lines={10} />;
  if (query.error) {
    return (
      <>
        <PageHead title={t('nav.members')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const member = query.data;
  const mayEdit = isStreet || (isLiaison && own === name);
  const date = (at: number) => (at ? longDate(at, zone, i18n.language) : '');
  const contact: [string, string][] = [
    [t('members.liaisonTitle'), member.liaisonTitle],
    [t('members.liaisonPhone'), member.liaisonPhone],
    [t('members.address'), member.address],
    [t('members.grid'), member.grid],
  ];
  const record: [string, string][] = [
    [t('members.uscc'), member.uscc],
    [t('members.applied'), date(ms(member.createTime))],
    [t('members.joined'), date(ms(member.joinTime))],
    [t('members.stateReason'), member.stateReason],
  ];
  const party: [string, string][] = [
    [t('members.sectorLabel'), t(`members.sector.${member.sector}`)],
    [t('members.tierLabel'), t(`members.tier.${member.tier}`)],
    [t('members.organizationLabel'), t(`members.organization.${member.partyOrganization}`)],
    [t('members.partyMemberCount'), String(member.partyMemberCount)],
  ];

  return (
    <>
      <PageHead title={member.displayName} back={back} sub={<StateTag state={member.state} />}>
        {mayEdit && (
          <Link to={`/members/${id}/edit`} className="button-link" data-testid="member-edit">
            {t('action.edit')}
          </Link>
        )}
      </PageHead>
      {isStreet && member.state === Member_State.APPLIED && (
        <Panel title={t('members.decide')}>
          <Approve member={member} />
        </Panel>
      )}
      <div className="columns">
        <Facts title={t('members.about')} facts={party} />
        <Facts title={t('members.contact')} facts={contact} />
        <Facts title={t('members.record')} facts={record} />
      </div>
    </>
  );
}

function Facts({ title, facts }: { title: string; facts: [string, string][] }) {
  return (
    <Panel title={title}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
