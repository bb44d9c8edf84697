// What keeps a meeting from being closed, each with the way to mend it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { idOf } from '@/lib/names';
import { isIncomplete, useResolutions } from './useResolutions';

export function Incomplete({ meeting }: { meeting: string }) {
  const { t } = useTranslation();
  const missing = useResolutions(meeting).filter(isIncomplete);
  if (missing.length === 0) return null;
  return (
    <>
      <p>{t('resolutions.closeNeeds')}</p>
      <ul className="rows">
        {missing.map((one) => (
          <li key={one.name} className="member-card" data-testid="resolution-missing">
            <Link to={`/meetings/${idOf(meeting)}?resolution=${idOf(one.name)}`}>{one.title}</Link>
            <span className="muted">
              {[
                !one.leadMember && t('projects.field.leadMember'),
                !one.dueDate && t('projects.field.dueDate'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
