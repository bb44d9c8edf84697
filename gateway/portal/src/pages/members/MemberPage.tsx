import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { ActButton } from '@/components/members/ActButton';
import { actsIn } from '@/components/members/acts';
import { History } from '@/components/members/History';
import { Phone } from '@/components/members/Phone';
import { StateTag } from '@/components/members/StateTag';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { longDate, ms } from '@/lib/time';
import { Siblings } from './Siblings';
import { Whereabouts } from './Whereabouts';
import './members.css';

export default function MemberPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, member: own, isLiaison, isStreet } = useWork();
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
  const acts = (isStreet && actsIn[member.state]) || [];
  return (
    <>
      <PageHead title={member.displayName} back={back} sub={<StateTag state={member.state} />}>
        {acts.map((act) => (
          <ActButton key={act} act={act} member={member} primary={act === 'approve'} />
        ))}
        {(isStreet || (isLiaison && own === name)) && (
          <Link to={`/members/${id}/edit`} className="button-link" data-testid="member-edit">
            {t('action.edit')}
          </Link>
        )}
      </PageHead>
      <div className="bench">
        <div>
          <Profile member={member} />
          <Whereabouts member={member} />
        </div>
        <div>
          <Contact member={member} />
          <Registration member={member} />
        </div>
      </div>
    </>
  );
}

function Profile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const facts: Fact[] = [
    [t('members.sectorLabel'), t(`members.sector.${member.sector}`)],
    [t('members.tierLabel'), t(`members.tier.${member.tier}`)],
    [t('members.organizationLabel'), t(`members.organization.${member.partyOrganization}`)],
    [t('members.superior'), member.superiorOrganization],
    [t('members.jointBranch'), member.jointBranch],
    [t('members.partyMemberCount'), String(member.partyMemberCount)],
  ];
  return (
    <Facts title={t('members.about')} facts={facts}>
      <Siblings member={member} />
    </Facts>
  );
}

function Contact({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { member: own, isLiaison, isStreet, roles } = useWork();
  // The same people as the server lets; it asks again.
  const may = isStreet || roles.has(Role.CHAIR) || (isLiaison && own === member.name);
  const facts: Fact[] = [
    [t('members.liaisonTitle'), member.liaisonTitle],
    [
      t('members.liaisonPhone'),
      <Phone key="first" name={member.name} masked={member.liaisonPhone} may={may} />,
    ],
    [t('members.deputyTitle'), member.deputyLiaisonTitle],
    [
      t('members.deputyPhone'),
      <Phone key="second" name={member.name} masked={member.deputyLiaisonPhone} deputy may={may} />,
    ],
  ];
  return <Facts title={t('members.contact')} facts={facts} />;
}

function Registration({ member }: { member: Member }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const date = (at: number) => (at ? longDate(at, zone, i18n.language) : '');
  const withdrawn = ms(member.withdrawTime);
  const facts: Fact[] = [
    [t('members.uscc'), member.uscc],
    [t('members.applied'), date(ms(member.createTime))],
    [t('members.joined'), date(ms(member.joinTime))],
    ...(withdrawn ? [[t('members.withdrawn'), date(withdrawn)] satisfies Fact] : []),
    [t('members.stateReason'), member.stateReason],
  ];
  return (
    <>
      <Facts title={t('members.record')} facts={facts} />
      {member.history.length > 0 && (
        <Panel title={t('members.history')}>
          <History history={member.history} zone={zone} />
        </Panel>
      )}
    </>
  );
}
