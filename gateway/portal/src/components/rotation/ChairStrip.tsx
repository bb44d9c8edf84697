// Who acts as chair, in one line; opens the rotation.
import { StarFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { ms } from '@/lib/time';
import { fullDate } from './dates';
import { useActingChair } from './useActingChair';
import './chair.css';

export function ChairStrip() {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { chair, vacant } = useActingChair();
  return (
    <Link to="/rotation" className="chair-strip" data-testid="chair-strip">
      <span className="chair-strip-label">
        <StarFilled aria-hidden="true" /> {t('rotation.now.label')}
      </span>
      {chair ? (
        <>
          <strong data-testid="acting-chair">{chair.memberDisplayName}</strong>
          {chair.standIn && <span className="tag tag-draft">{t('rotation.standInTag')}</span>}
          <span className="chair-strip-rest">
            {t('rotation.now.until', {
              date: fullDate(ms(chair.endTime) - 1, zone, i18n.language),
            })}
          </span>
        </>
      ) : (
        <span className="chair-strip-rest">
          {t(vacant ? 'rotation.now.vacant' : 'rotation.now.reading')}
        </span>
      )}
    </Link>
  );
}
