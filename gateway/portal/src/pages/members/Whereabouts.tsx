// Where a unit is: its address, its coordinates, and the units around it.
import { useTranslation } from 'react-i18next';
import { Locator } from '@/components/members/Locator';
import { useUnits } from '@/components/members/useUnits';
import { Panel } from '@/components/Panel';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { useIsPhone } from '@/lib/media';

export function Whereabouts({ member }: { member: Member }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { location } = member;
  const units = useUnits(!!location);
  const at = location && `${location.latitude.toFixed(6)}, ${location.longitude.toFixed(6)}`;
  return (
    <Panel title={t('members.whereabouts')}>
      <dl className="facts">
        <div>
          <dt>{t('members.address')}</dt>
          <dd>{member.address || '–'}</dd>
        </div>
        <div>
          <dt>{t('members.grid')}</dt>
          <dd>{member.grid || '–'}</dd>
        </div>
        <div>
          <dt>{t('members.coordinates')}</dt>
          <dd>
            {/* A phone opens it with the map that its owner chose. */}
            {phone && location ? (
              <a href={`geo:${location.latitude},${location.longitude}`}>{at}</a>
            ) : (
              at || '–'
            )}
          </dd>
        </div>
      </dl>
      {location && <Locator member={member} units={units} />}
    </Panel>
  );
}
