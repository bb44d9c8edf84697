import { useQuery } from '@connectrpc/connect-query';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Milestone, type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { isoDay } from '@/lib/date';
import { addDays, dayOf } from '@/lib/time';
import { judges, projectOf } from './words';

const REFRESH = { refetchInterval: 60_000 };
// So many days before its day a milestone is due soon.
const SOON = 3;
// And a project, as the lane of the board for its week has it.
const SOON_PROJECT = 7;

// What projects want of the reader: the chair and the street accept what is submitted, the
// street supervises what is overdue, the responsible unit reaches milestones, reports and answers
// supervision notices.
export function useProjectTodos() {
  const work = useWork();
  const { alliance, member, isLiaison, isStreet, isChair } = work;
  const { zone } = useAlliance();
  const accepts = isStreet || isChair;
  const leads = isLiaison && member !== '';
  const submitted = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, state: Project_State.SUBMITTED, pageSize: 10 },
    { ...REFRESH, enabled: accepts },
  );
  const late = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, overdue: true, pageSize: 10 },
    { ...REFRESH, enabled: isStreet },
  );
  const own = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, state: Project_State.RUNNING, leadMember: member, pageSize: 200 },
    { ...REFRESH, enabled: leads },
  );
  // A notice may wait for an answer while the project waits for its acceptance.
  const handedIn = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, state: Project_State.SUBMITTED, leadMember: member, pageSize: 200 },
    { ...REFRESH, enabled: leads },
  );
  const unanswered = useQuery(
    ProjectService.method.listSupervisionNotices,
    { parent: alliance, unanswered: true, pageSize: 200 },
    { ...REFRESH, enabled: leads },
  );
  const running = (leads && own.data?.projects) || [];
  const today = dayOf(Date.now(), zone);
  const until = addDays(today, SOON);
  const due: { project: Project; milestone: Milestone }[] = running.flatMap((project) =>
    project.milestones
      .filter((one) => !one.completeTime && isoDay(one.dueDate ?? project.dueDate) <= until)
      .map((milestone) => ({ project, milestone })),
  );
  const accept = ((accepts && submitted.data?.projects) || []).filter((one) => judges(work, one));
  const supervise = (isStreet && late.data?.projects) || [];
  const untilProject = addDays(today, SOON_PROJECT);
  const report = running.filter((one) => one.overdue || isoDay(one.dueDate) <= untilProject);
  const projects = new Map(
    [...running, ...((leads && handedIn.data?.projects) || [])].map((one) => [one.name, one]),
  );
  const answer = ((leads && unanswered.data?.supervisionNotices) || []).flatMap((notice) => {
    const project = projects.get(projectOf(notice));
    return project ? [{ notice, project }] : [];
  });
  return {
    accept,
    supervise,
    due,
    report,
    answer,
    total: accept.length + supervise.length + due.length + report.length + answer.length,
    isPending:
      (accepts && submitted.isPending) ||
      (isStreet && late.isPending) ||
      (leads && (own.isPending || handedIn.isPending || unanswered.isPending)),
    error: submitted.error ?? late.error ?? own.error ?? handedIn.error ?? unanswered.error,
    refetch: () =>
      Promise.all([
        ...(accepts ? [submitted.refetch()] : []),
        ...(isStreet ? [late.refetch()] : []),
        ...(leads ? [own.refetch(), handedIn.refetch(), unanswered.refetch()] : []),
      ]),
  };
}
