// The street's supervision board: every unit's projects at once, by the time that is left, the
// notices that nobody has answered, and the requests whose time is over.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { useUnits } from '@/components/rotation/useUnits';
import { Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dayOf } from '@/lib/time';
import { Lane } from './Lane';
import { LateRequests } from './LateRequests';
import { laneOf, lanes } from './lanes';
import { Unanswered } from './Unanswered';
import './board.css';

// Beside the lanes: those with a milestone that is overdue, whatever their own date.
const MILESTONES = 'milestones';
// So many projects of a state the board shows; the earliest due come first.
const MOST = 200;

export default function BoardPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const units = useUnits();
  const [params] = useSearchParams();
  const unit = params.get('unit') ?? '';
  const only = params.get('lane') ?? '';
  const ask = (state: Project_State) => ({
    parent: alliance,
    state,
    leadMember: unit && `${alliance}/members/${unit}`,
    overdueMilestones: only === MILESTONES,
    pageSize: MOST,
  });
  const live = { placeholderData: keepPreviousData, refetchInterval: 15_000 };
  const { listProjects } = ProjectService.method;
  const running = useQuery(listProjects, ask(Project_State.RUNNING), live);
  const submitted = useQuery(listProjects, ask(Project_State.SUBMITTED), live);
  const error = running.error ?? submitted.error;
  const pending = running.isPending || submitted.isPending;
  const today = dayOf(Date.now(), zone);
  const projects = [...(running.data?.projects ?? []), ...(submitted.data?.projects ?? [])];
  const more = !!running.data?.nextPageToken || !!submitted.data?.nextPageToken;
  return (
    <>
      <PageHead
        title={t('projects.board.title')}
        sub={t('projects.board.sub')}
        back={{ to: '/projects', label: t('projects.title') }}
      />
      <div className="filters">
        <FilterLinks
          label={t('projects.board.left')}
          param="lane"
          options={[
            { value: '', label: t('action.all') },
            ...lanes.map((lane) => ({ value: lane, label: t(`projects.board.${lane}`) })),
            { value: MILESTONES, label: t('projects.milestoneLate') },
          ]}
        />
        <FilterSelect
          label={t('projects.board.unit')}
          param="unit"
          options={[
            { value: '', label: t('projects.board.allUnits') },
            ...units.all.map((one) => ({
              value: one.name.slice(`${alliance}/members/`.length),
              label: one.displayName,
            })),
          ]}
        />
      </div>
      {pending ? (
        <PageSkeleton lines={10} />
      ) : error ? (
        <Failure
          text={explain(error).text}
          retry={() => Promise.all([running.refetch(), submitted.refetch()])}
        />
      ) : projects.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('projects.board.none')}
            action={
              unit ? (
                <Link to="/projects/board">{t('projects.board.clear')}</Link>
              ) : (
                <Link to="/projects/new">{t('projects.create')}</Link>
              )
            }
          />
        </div>
      ) : (
        <>
          {more && <p className="muted">{t('projects.board.more', { n: MOST })}</p>}
          <div className="board">
            {lanes
              .filter((lane) => !only || only === MILESTONES || lane === only)
              .map((lane) => (
                <Lane
                  key={lane}
                  title={t(`projects.board.${lane}`)}
                  late={lane === 'late'}
                  projects={projects.filter((one) => laneOf(one, today) === lane)}
                  today={today}
                />
              ))}
          </div>
        </>
      )}
      {!pending && (
        <>
          <Unanswered projects={projects} />
          <LateRequests member={unit && `${alliance}/members/${unit}`} />
        </>
      )}
    </>
  );
}
