// One project: what it is, how far, what was reported, and how it is supervised.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useWork } from '@/app/session';
import { useRuns } from '@/components/ballots/useBallots';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { goesOn, judges, progressText, stateTag } from '@/components/projects/words';
import { useUnits } from '@/components/rotation/useUnits';
import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText } from '@/lib/date';
import { whereOf } from '@/lib/whereOf';
import NotFoundPage from '../NotFoundPage';
import { EditProject } from './EditProject';
import { Milestones } from './Milestones';
import { Reports } from './Reports';
import { StopProject } from './StopProject';
import { Supervision } from './Supervision';
import { Verdict } from './Verdict';

export default function ProjectPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const work = useWork();
  const { alliance, member, isLiaison, isStreet } = work;
  const runs = useRuns();
  const query = useQuery(
    ProjectService.method.getProject,
    { name: `${alliance}/projects/${id}` },
    { refetchInterval: 15_000 },
  );
  const back = { to: '/projects', label: t('projects.title') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    if (isMissing(query.error)) return <NotFoundPage />;
    return (
      <>
        <PageHead title={t('projects.title')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const project = query.data;
  const leads = isStreet || (isLiaison && member === project.leadMember);
  return (
    <>
      <PageHead title={project.title} back={back} sub={project.leadMemberDisplayName}>
        {(leads || runs) && project.state === Project_State.RUNNING && (
          <EditProject project={project} all={runs} />
        )}
        {judges(work, project) && goesOn(project) && <StopProject project={project} />}
      </PageHead>
      <About project={project} />
      <Verdict project={project} />
      <Milestones project={project} leads={leads} />
      <Reports project={project} leads={leads} />
      {(isLiaison || isStreet) && <Supervision project={project} />}
    </>
  );
}

function About({ project }: { project: Project }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useUnits();
  const facts: Fact[] = [
    [
      t('projects.stateLabel'),
      <span
        key="state"
        className={`tag ${project.overdue ? 'tag-over' : stateTag[project.state]}`}
        data-testid="project-state"
        data-state={project.state}
      >
        {project.overdue ? t('projects.overdue') : t(`projects.state.${project.state}`)}
      </span>,
    ],
    [
      t('projects.field.progress'),
      [
        progressText(t, project),
        project.overdueMilestoneCount > 0 &&
          t('projects.milestonesOverdue', { count: project.overdueMilestoneCount }),
      ]
        .filter(Boolean)
        .join(' · '),
    ],
    [
      t('projects.field.stopped'),
      project.state === Project_State.STOPPED && (
        <span className="said" data-testid="stop-reason">
          {project.verdictNote}
        </span>
      ),
    ],
    [t('projects.field.dueDate'), dateText(project.dueDate, i18n.language)],
    [t('projects.field.responsiblePerson'), project.responsiblePerson],
    [
      t('projects.field.supporting'),
      project.supportingMembers.length > 0 && (
        <span data-testid="supporting">{project.supportingMembers.map(nameOf).join('、')}</span>
      ),
    ],
    [t('projects.field.proposer'), project.proposerMember && nameOf(project.proposerMember)],
    [t('projects.field.goal'), project.goal && <span className="said">{project.goal}</span>],
    [t('projects.field.standard'), project.standard],
    [
      t('projects.field.resolution'),
      project.resolution && (
        <Link to={whereOf(project.resolution)}>{t('projects.fromMeeting')}</Link>
      ),
    ],
    [
      t('projects.field.rating'),
      project.rating > 0 &&
        [t('projects.stars', { n: project.rating }), project.ratingNote]
          .filter(Boolean)
          .join(' · '),
    ],
  ];
  return <Facts title={t('projects.about')} facts={facts} />;
}
