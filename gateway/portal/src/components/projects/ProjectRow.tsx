import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { dateText } from '@/lib/date';
import { idOf } from '@/lib/names';
import { progressText, stateTag } from './words';

// A project in a list: what, who, until when, how far.
export function ProjectRow({ project }: { project: Project }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="member-card" data-testid="project" data-overdue={project.overdue}>
      <Link to={`/projects/${idOf(project.name)}`} className="member-card-name">
        {project.title}
      </Link>
      <span className={`tag ${project.overdue ? 'tag-over' : stateTag[project.state]}`}>
        {project.overdue ? t('projects.overdue') : t(`projects.state.${project.state}`)}
      </span>
      {project.overdueMilestoneCount > 0 && (
        <span className="tag tag-over" data-testid="milestones-overdue">
          {t('projects.milestonesOverdue', { count: project.overdueMilestoneCount })}
        </span>
      )}
      <span className="muted">
        {[
          project.leadMemberDisplayName,
          t('projects.due', { day: dateText(project.dueDate, i18n.language) }),
          progressText(t, project),
          project.supervisionCount > 0 &&
            t('projects.supervised', { count: project.supervisionCount }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
}
