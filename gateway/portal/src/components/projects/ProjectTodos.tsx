// The projects' part of the to-dos: accepted, supervised and reached with one click.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { TodoItem } from '@/components/TodoItem';
import { useLeft } from '@/components/useLeft';
import type { Milestone, Project, SupervisionNotice } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText, isoDay } from '@/lib/date';
import { idOf } from '@/lib/names';
import { longDay } from '@/lib/time';
import { SuperviseButton } from './SuperviseButton';
import { useProjectTodos } from './useProjectTodos';

export function ProjectTodos() {
  const { t } = useTranslation();
  const { accept, supervise, due, report, answer } = useProjectTodos();
  return (
    <>
      {accept.map((project) => (
        <Accept key={project.name} project={project} />
      ))}
      {due.map(({ project, milestone }) => (
        <Reach key={project.name + milestone.id} project={project} milestone={milestone} />
      ))}
      {answer.map(({ project, notice }) => (
        <Answer key={notice.name} project={project} notice={notice} />
      ))}
      {report.map((project) => (
        <Todo
          key={`report ${project.name}`}
          kind={project.overdue ? 'report' : 'soon'}
          project={project}
        >
          <Open project={project} label={t('projects.todo.toReport')} />
        </Todo>
      ))}
      {supervise.map((project) => (
        <Todo key={`late ${project.name}`} kind="late" project={project}>
          <div className="row-actions">
            <SuperviseButton project={project} />
            <Open project={project} label={t('projects.todo.open')} />
          </div>
        </Todo>
      ))}
    </>
  );
}

interface TodoProps {
  kind: 'accept' | 'report' | 'soon' | 'late';
  project: Project;
  error?: unknown;
  children: React.ReactNode;
}

function Todo({ kind, project, error, children }: TodoProps) {
  const { t, i18n } = useTranslation();
  const left = useLeft();
  return (
    <TodoItem
      kind={t(`projects.todo.${kind}`)}
      to={`/projects/${idOf(project.name)}`}
      title={project.title}
      facts={[
        project.leadMemberDisplayName,
        t('projects.due', { day: dateText(project.dueDate, i18n.language) }),
        kind !== 'accept' && left(isoDay(project.dueDate)),
        project.supervisionCount > 0 &&
          t('projects.supervised', { count: project.supervisionCount }),
      ]}
      error={error}
      testId={`todo-project-${kind}`}
    >
      {children}
    </TodoItem>
  );
}

function Open({ project, label }: { project: Project; label: string }) {
  return (
    <Link to={`/projects/${idOf(project.name)}`} className="button-link">
      {label}
    </Link>
  );
}

function Accept({ project }: { project: Project }) {
  const { t } = useTranslation();
  const judge = useActOf(ProjectService.method.acceptProject, [ProjectService], () =>
    t('projects.accepted'),
  );
  return (
    <Todo kind="accept" project={project} error={judge.error}>
      <div className="row-actions">
        <Button
          type="primary"
          loading={judge.isPending}
          onClick={() => judge.send({ name: project.name })}
          aria-label={t('projects.todo.acceptOf', { title: project.title })}
          data-testid="project-accept-now"
        >
          {t('projects.accept')}
        </Button>
        <Open project={project} label={t('projects.todo.open')} />
      </div>
    </Todo>
  );
}

// Where it is answered, its answers before and the project's reports are at hand.
function Answer({ project, notice }: { project: Project; notice: SupervisionNotice }) {
  const { t, i18n } = useTranslation();
  const left = useLeft();
  const day = isoDay(notice.answerDueDate);
  return (
    <TodoItem
      kind={t('projects.todo.notice')}
      to={`/projects/${idOf(project.name)}`}
      title={project.title}
      facts={[
        notice.demand,
        t('projects.answerBy', { day: longDay(day, i18n.language) }),
        left(day),
      ]}
      testId="todo-notice"
    >
      <Open project={project} label={t('projects.toAnswer')} />
    </TodoItem>
  );
}

function Reach({ project, milestone }: { project: Project; milestone: Milestone }) {
  const { t, i18n } = useTranslation();
  const left = useLeft();
  const day = isoDay(milestone.dueDate ?? project.dueDate);
  const reach = useActOf(ProjectService.method.completeMilestone, [ProjectService], () =>
    t('projects.reached'),
  );
  return (
    <TodoItem
      kind={t('projects.todo.milestone')}
      to={`/projects/${idOf(project.name)}`}
      title={milestone.title}
      facts={[project.title, t('projects.due', { day: longDay(day, i18n.language) }), left(day)]}
      error={reach.error}
      testId="todo-milestone"
    >
      <Button
        type="primary"
        loading={reach.isPending}
        onClick={() => reach.send({ name: project.name, milestone: milestone.id })}
        aria-label={t('projects.reachOf', { title: milestone.title })}
        data-testid="milestone-reach-now"
      >
        {t('projects.reach')}
      </Button>
    </TodoItem>
  );
}
