import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllianceName } from '@/api/useAllianceName';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import type { Grant } from '@/gen/jinhuan/auth/v1/caller_pb';
import { idOf } from '@/lib/names';

export const grantKey = (grant: Grant) => `${grant.role} ${grant.alliance} ${grant.member}`;

interface Props {
  grants: readonly Grant[];
  // What may be done with one.
  action?: (grant: Grant) => ReactNode;
}

// What someone may be: the role, and where.
export function RoleList({ grants, action }: Props) {
  const { t } = useTranslation();
  const allianceOf = useAllianceName(grants.some((one) => one.alliance !== ''));
  if (grants.length === 0) return <p className="muted">{t('users.roles.none')}</p>;
  return (
    <ul className="rows">
      {grants.map((grant) => (
        <li key={grantKey(grant)} className="line-item" data-testid={`grant-${Role[grant.role]}`}>
          <div className="line-item-text">
            <h3>{t(`role.name.${Role[grant.role]}`)}</h3>
            <p className="muted">
              {grant.alliance
                ? [allianceOf(grant.alliance), grant.memberDisplayName || idOf(grant.member)]
                    .filter(Boolean)
                    .join(' · ')
                : t('users.roles.installation')}
            </p>
          </div>
          {action?.(grant)}
        </li>
      ))}
    </ul>
  );
}
