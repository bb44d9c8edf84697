import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '@/components/Panel';
import { SuperviseButton } from '@/components/projects/SuperviseButton';
import { progressText } from '@/components/projects/words';
import { useLeft } from '@/components/useLeft';
import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { isoDay } from '@/lib/date';
import { idOf } from '@/lib/names';

interface Props {
  title: string;
  late: boolean;
  projects: readonly Project[];
  today: string;
}

// One lane of the board.
export function Lane({ title, late, projects, today }: Props) {
  const { t } = useTranslation();
  return (
    <Panel
      title={title}
      className={late ? 'lane lane-late' : 'lane'}
      extra={<span className="count">{projects.length}</span>}
    >
      <ul className="rows">
        {projects.map((project) => (
          <li key={project.name} data-testid="board-project">
            <Card project={project} today={today} />
          </li>
        ))}
      </ul>
      {projects.length === 0 && <p className="muted">{t('projects.board.none')}</p>}
    </Panel>
  );
}

function Card({ project, today }: { project: Project; today: string }) {
  const { t } = useTranslation();
  const left = useLeft();
  const due = isoDay(project.dueDate);
  return (
    <>
      <h3>
        <Link to={`/projects/${idOf(project.name)}`}>{project.title}</Link>
      </h3>
      <p className="muted">
        {[
          project.leadMemberDisplayName,
          progressText(t, project),
          project.supervisionCount > 0 &&
            t('projects.supervised', { count: project.supervisionCount }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {project.overdueMilestoneCount > 0 && (
        <p>
          <span className="tag tag-over" data-testid="milestones-overdue">
            {t('projects.milestonesOverdue', { count: project.overdueMilestoneCount })}
          </span>
        </p>
      )}
      <div className="row-actions">
        {project.state === Project_State.SUBMITTED ? (
          <span className="tag tag-draft">{t(`projects.state.${project.state}`)}</span>
        ) : (
          <>
            <span className={due < today ? 'tag tag-kind' : 'tag tag-applied'}>{left(due)}</span>
            <SuperviseButton project={project} />
          </>
        )}
      </div>
    </>
  );
}
