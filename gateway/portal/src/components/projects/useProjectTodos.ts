import { useQuery } from '@connectrpc/connect-query';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Milestone, type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { addDays, dayOf } from '@/lib/time';
import { dayText } from './words';

const REFRESH = { refetchInterval: 60_000 };
// So many days before its day a milestone is due soon.
const SOON = 3;

// What projects want of the reader: the chair and the street accept what is submitted, the
// street supervises what is overdue, the responsible unit reaches milestones and reports.
export function useProjectTodos() {
  const { alliance, member, isLiaison, isStreet, isChair } = useWork();
  const { zone } = useAlliance();
  const judges = isStreet || isChair;
  const leads = isLiaison && member !== '';
  const submitted = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, state: Project_State.SUBMITTED, pageSize: 10 },
    { ...REFRESH, enabled: judges },
  );
  const late = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, overdue: true, pageSize: 10 },
    { ...REFRESH, enabled: isStreet },
  );
  const own = useQuery(
    ProjectService.method.listProjects,
    { parent: alliance, state: Project_State.RUNNING, leadMember: member, pageSize: 50 },
    { ...REFRESH, enabled: leads },
  );
  const running = (leads && own.data?.projects) || [];
  const until = addDays(dayOf(Date.now(), zone), SOON);
  const due: { project: Project; milestone: Milestone }[] = running.flatMap((project) =>
    project.milestones
      .filter((one) => !one.completeTime && dayText(one.dueDate ?? project.dueDate) <= until)
      .map((milestone) => ({ project, milestone })),
  );
  const accept = (judges && submitted.data?.projects) || [];
  const supervise = (isStreet && late.data?.projects) || [];
  const report = running.filter((project) => project.overdue);
  return {
    accept,
    supervise,
    due,
    report,
    total: accept.length + supervise.length + due.length + report.length,
    isPending:
      (judges && submitted.isPending) || (isStreet && late.isPending) || (leads && own.isPending),
    error: submitted.error ?? late.error ?? own.error,
    refetch: () =>
      Promise.all([
        ...(judges ? [submitted.refetch()] : []),
        ...(isStreet ? [late.refetch()] : []),
        ...(leads ? [own.refetch()] : []),
      ]),
  };
}
