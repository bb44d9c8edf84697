import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { ReasonSheet } from '@/components/ReasonSheet';
import { useToast } from '@/components/Toast';
import { type ServiceAccount, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

export function DisableSystem({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [open, setOpen] = useState(false);
  const disable = useMutation(UserService.method.disableServiceAccount, {
    onSuccess: () => {
      requestId.done();
      setOpen(false);
      void refresh(queries, UserService);
      toast({ text: t('systems.disable.done') });
    },
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)} data-testid="disable-system">
        {t('systems.disable.title')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('systems.disable.title')}
        what={t('systems.disable.what')}
        confirm={t('systems.disable.title')}
        danger
        busy={disable.isPending}
        error={disable.error}
        onConfirm={(reason) => {
          const body = { name: account.name, reason };
          disable.mutate({ ...body, requestId: requestId.idFor(body) });
        }}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
