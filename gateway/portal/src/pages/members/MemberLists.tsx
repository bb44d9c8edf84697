import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StateTag } from '@/components/members/StateTag';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { idOf } from '@/lib/names';

export function MemberTable({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation();
  return (
    <div className="panel table-panel">
      <table className="table">
        <caption className="sr-only">{t('nav.members')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('members.displayName')}</th>
            <th scope="col">{t('members.sectorLabel')}</th>
            <th scope="col">{t('members.tierLabel')}</th>
            <th scope="col">{t('members.organizationLabel')}</th>
            <th scope="col" className="num">
              {t('members.partyMemberCount')}
            </th>
            <th scope="col">{t('members.jointBranch')}</th>
            <th scope="col">{t('members.grid')}</th>
            <th scope="col">{t('members.stateLabel')}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.name} data-testid="member-row">
              <th scope="row">
                <Link to={`/members/${idOf(member.name)}`}>{member.displayName}</Link>
              </th>
              <td>{t(`members.sector.${member.sector}`)}</td>
              <td>{t(`members.tier.${member.tier}`)}</td>
              <td>{t(`members.organization.${member.partyOrganization}`)}</td>
              <td className="num">{member.partyMemberCount}</td>
              <td>{member.jointBranch || '–'}</td>
              <td>{member.grid || '–'}</td>
              <td>
                <StateTag state={member.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function MemberCards({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation();
  return (
    <ul className="panel rows">
      {members.map((member) => (
        <li key={member.name} data-testid="member-row">
          <Link to={`/members/${idOf(member.name)}`} className="member-card">
            <span className="member-card-name">{member.displayName}</span>
            <StateTag state={member.state} />
            <span className="muted">
              {[
                t(`members.sector.${member.sector}`),
                t(`members.tier.${member.tier}`),
                t('members.partyMembers', { n: member.partyMemberCount }),
              ].join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
