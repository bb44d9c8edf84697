import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText } from '@/lib/date';
import { dateTime, ms } from '@/lib/time';

export function Milestones({ project, leads }: { project: Project; leads: boolean }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const reach = useActOf(ProjectService.method.completeMilestone, [ProjectService], () =>
    t('projects.reached'),
  );
  const undo = useActOf(ProjectService.method.reopenMilestone, [ProjectService], () =>
    t('projects.undone'),
  );
  if (project.milestones.length === 0) return null;
  const running = project.state === Project_State.RUNNING;
  return (
    <Panel title={t('projects.milestones')}>
      <ul className="rows">
        {project.milestones.map((one) => (
          <li
            key={one.id}
            className="member-card"
            data-testid="milestone"
            data-done={!!one.completeTime}
          >
            <span>{one.title}</span>
            {one.overdue && (
              <span className="tag tag-over" data-testid="milestone-overdue">
                {t('projects.overdue')}
              </span>
            )}
            {one.completeTime ? (
              <>
                <span className="tag tag-confirmed">{t('projects.done')}</span>
                {leads && running && (
                  <Button
                    loading={undo.isPending}
                    onClick={() => undo.send({ name: project.name, milestone: one.id })}
                    aria-label={t('projects.undoOf', { title: one.title })}
                    data-testid="milestone-undo"
                  >
                    {t('projects.undo')}
                  </Button>
                )}
              </>
            ) : (
              leads &&
              running && (
                <Button
                  loading={reach.isPending}
                  onClick={() => reach.send({ name: project.name, milestone: one.id })}
                  aria-label={t('projects.reachOf', { title: one.title })}
                  data-testid="milestone-reach"
                >
                  {t('projects.reach')}
                </Button>
              )
            )}
            <span className="muted">
              {one.completeTime
                ? [dateTime(ms(one.completeTime), zone, i18n.language), one.note]
                    .filter(Boolean)
                    .join(' · ')
                : t('projects.due', {
                    day: dateText(one.dueDate ?? project.dueDate, i18n.language),
                  })}
            </span>
          </li>
        ))}
      </ul>
      <Problem error={reach.error ?? undo.error} />
    </Panel>
  );
}
