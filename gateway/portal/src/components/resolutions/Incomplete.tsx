// What keeps a meeting from being closed, each with the way to mend it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBallots } from '@/components/ballots/useBallots';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { idOf } from '@/lib/names';
import { obstacleOf } from './obstacles';
import { isIncomplete, useResolutions } from './useResolutions';

export function Incomplete({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const ballots = useBallots(meeting.name).data?.ballots ?? [];
  const missing = useResolutions(meeting.name)
    .map((one) => ({ one, obstacle: obstacleOf(one, meeting, ballots) }))
    .filter(({ one, obstacle }) => obstacle || isIncomplete(one));
  if (missing.length === 0) return null;
  return (
    <>
      <p>{t('resolutions.closeNeeds')}</p>
      <ul className="rows">
        {missing.map(({ one, obstacle }) => (
          <li key={one.name} className="member-card" data-testid="resolution-missing">
            <Link to={`/meetings/${idOf(meeting.name)}?resolution=${idOf(one.name)}`}>
              {one.title}
            </Link>
            <span className="muted">
              {[
                isIncomplete(one) && !one.leadMember && t('projects.field.leadMember'),
                isIncomplete(one) && !one.dueDate && t('projects.field.dueDate'),
                obstacle && t(`resolutions.obstacle.${obstacle}`),
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
