// The supervision notices of the projects that wait for an answer, the newest first.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '@/components/Panel';
import { useUnanswered } from '@/components/projects/useUnanswered';
import { projectOf } from '@/components/projects/words';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { dateText } from '@/lib/date';
import { whereOf } from '@/lib/whereOf';

export function Unanswered({ projects }: { projects: readonly Project[] }) {
  const { t, i18n } = useTranslation();
  const query = useUnanswered();
  const titles = new Map(projects.map((one) => [one.name, one.title]));
  const notices = (query.data?.supervisionNotices ?? [])
    .map((notice) => ({ notice, title: titles.get(projectOf(notice)) }))
    .filter(({ title }) => title !== undefined);
  return (
    <Panel
      title={t('projects.board.notices')}
      extra={notices.length > 0 && <span className="count">{notices.length}</span>}
    >
      {query.data && notices.length === 0 && (
        <p className="muted">{t('projects.board.noNotices')}</p>
      )}
      <ul className="rows">
        {notices.map(({ notice, title }) => (
          <li key={notice.name} className="member-card" data-testid="board-notice">
            <Link to={whereOf(notice.name)}>{title}</Link>
            {notice.late && <span className="tag tag-over">{t('projects.late')}</span>}
            <span className="muted">
              {[
                notice.demand,
                t('projects.answerBy', {
                  day: dateText(notice.answerDueDate, i18n.language),
                }),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
