// The projects and their supervision: what is overdue first, as the street works on it.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProjectRow } from '@/components/projects/ProjectRow';
import { Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';

const stateIn: Record<string, Project_State> = {
  running: Project_State.RUNNING,
  submitted: Project_State.SUBMITTED,
  accepted: Project_State.ACCEPTED,
  stopped: Project_State.STOPPED,
};

export default function ProjectsPage() {
  const { t } = useTranslation();
  const { alliance, member, isStreet, isChair } = useWork();
  const [params] = useSearchParams();
  const state = params.get('state') ?? '';
  const mine = params.get('unit') === 'mine' && member !== '';
  const query = useQuery(
    ProjectService.method.listProjects,
    {
      parent: alliance,
      state: stateIn[state],
      overdue: state === 'overdue',
      overdueMilestones: state === 'milestones',
      leadMember: mine ? member : '',
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { placeholderData: keepPreviousData, refetchInterval: 20_000 },
  );
  const projects = query.data?.projects ?? [];
  return (
    <>
      <PageHead title={t('projects.title')} sub={t('projects.sub')}>
        {isStreet && (
          <Link to="/projects/board" className="button-link" data-testid="project-board">
            {t('projects.board.link')}
          </Link>
        )}
        {(isStreet || isChair) && (
          <Link to="/projects/new" className="button-link button-primary" data-testid="project-new">
            {t('projects.create')}
          </Link>
        )}
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('projects.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            { value: 'overdue', label: t('projects.overdue') },
            { value: 'milestones', label: t('projects.milestoneLate') },
            ...Object.entries(stateIn).map(([value, one]) => ({
              value,
              label: t(`projects.state.${one}`),
            })),
          ]}
        />
        {member && (
          <FilterLinks
            label={t('projects.whose')}
            param="unit"
            options={[
              { value: '', label: t('projects.everyone') },
              { value: 'mine', label: t('projects.mine') },
            ]}
          />
        )}
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : projects.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(state || mine ? 'projects.noneFound' : 'projects.none')}
            action={
              state || mine ? (
                <Link to="/projects">{t('action.clearFilters')}</Link>
              ) : (
                <Link to="/meetings">{t('nav.meetings')}</Link>
              )
            }
          />
        </div>
      ) : (
        <ul className="panel rows">
          {projects.map((project) => (
            <li key={project.name}>
              <ProjectRow project={project} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
