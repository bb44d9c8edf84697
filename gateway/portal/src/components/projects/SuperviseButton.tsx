// Demands action on a project with one click; what is demanded more is said on its page.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { Problem } from '@/components/Problem';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText } from '@/lib/date';

export function SuperviseButton({ project }: { project: Project }) {
  const { t, i18n } = useTranslation();
  const issue = useActOf(ProjectService.method.issueSupervisionNotice, [ProjectService], () =>
    t('projects.issued'),
  );
  const demand = t(project.overdue ? 'projects.demandLate' : 'projects.demand', {
    title: project.title,
    day: dateText(project.dueDate, i18n.language),
  });
  return (
    <>
      <Button
        loading={issue.isPending}
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
