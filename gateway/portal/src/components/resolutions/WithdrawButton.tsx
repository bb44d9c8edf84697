// Takes back what was recorded by mistake, or what a vote refused.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { ReasonSheet } from '@/components/ReasonSheet';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import type { Resolution } from '@/gen/jinhuan/meeting/v1/resolution_pb';

export function WithdrawButton({ resolution }: { resolution: Resolution }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { name, title } = resolution;
  const act = useActOf(ProjectService.method.withdrawResolution, [ProjectService], () =>
    t('resolutions.withdrawn'),
  );
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        aria-label={t('resolutions.withdrawOf', { title })}
        data-testid="resolution-withdraw"
      >
        {t('resolutions.withdraw')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('resolutions.withdrawOf', { title })}
        what={t('resolutions.withdrawWhat')}
        confirm={t('resolutions.withdraw')}
        danger
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name, reason }, () => setOpen(false))}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
