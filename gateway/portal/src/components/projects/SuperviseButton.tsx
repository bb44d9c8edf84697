// Demands action on a project with one click; what is demanded more is said on its page. While a
// notice waits for its answer there is nothing to demand anew: it leads there.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { Problem } from '@/components/Problem';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText } from '@/lib/date';
import { whereOf } from '@/lib/whereOf';
import { useUnanswered } from './useUnanswered';
import { projectOf } from './words';

export function SuperviseButton({ project }: { project: Project }) {
  const { t, i18n } = useTranslation();
  const unanswered = useUnanswered();
  const issue = useActOf(ProjectService.method.issueSupervisionNotice, [ProjectService], () =>
    t('projects.issued'),
  );
  const waits = unanswered.data?.supervisionNotices.find((one) => projectOf(one) === project.name);
  if (waits) {
    return (
      <Link
        to={whereOf(waits.name)}
        className="button-link"
        aria-label={t('projects.supervisedOf', { title: project.title })}
        data-testid="supervised-waits"
      >
        {t('projects.supervisedWaits')}
      </Link>
    );
  }
  const demand = t(project.overdue ? 'projects.demandLate' : 'projects.demand', {
    title: project.title,
    day: dateText(project.dueDate, i18n.language),
  });
  return (
    <>
      <Button
        // Until what waits is known, and known anew after the click.
        loading={issue.isPending}
        disabled={unanswered.isPending}
        onClick={() => issue.send({ name: project.name, demand })}
        aria-label={t('projects.superviseOf', { title: project.title })}
        data-testid="supervise-now"
      >
        {t('projects.supervise')}
      </Button>
      <Problem error={issue.error} />
    </>
  );
}
