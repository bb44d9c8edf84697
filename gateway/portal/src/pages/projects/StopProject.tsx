// Ends a project that was set up by mistake or is given up.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';

export function StopProject({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const act = useActOf(ProjectService.method.stopProject, [ProjectService], () =>
    t('projects.stopped'),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="project-stop">
        {t('projects.stop')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('projects.stop')}
        what={t('projects.stopWhat')}
        confirm={t('projects.stop')}
        danger
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name: project.name, reason }, () => setOpen(false))}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
