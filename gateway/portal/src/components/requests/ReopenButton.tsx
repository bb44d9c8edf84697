// The street sends back to its unit what is not resolved after all.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { useAct } from './useAct';

export function ReopenButton({ request }: { request: Request }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const act = useAct(RequestService.method.reopenRequest, () => t('requests.reopened'));
  const close = () => {
    act.reset();
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="reopen">
        {t('requests.reopen')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('requests.reopen')}
        what={t('requests.reopenWhat')}
        confirm={t('requests.reopen')}
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name: request.name, reason }, close)}
        onClose={close}
      />
    </>
  );
}
