// The street lets a merged request go on by itself again.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { useAct } from './useAct';

export function SplitButton({ request }: { request: Request }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const act = useAct(RequestService.method.splitRequest, () => t('requests.splitDone'));
  const close = () => {
    act.reset();
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="split">
        {t('requests.split')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('requests.split')}
        what={t('requests.splitWhat')}
        confirm={t('requests.split')}
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name: request.name, reason }, close)}
        onClose={close}
      />
    </>
  );
}
