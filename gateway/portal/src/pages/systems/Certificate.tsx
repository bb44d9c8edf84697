// The client certificate that a system is known by, named by the security administrator.

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { type ServiceAccount, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

export function Certificate({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [typed, setTyped] = useState(account.certificateName);
  const certificateName = typed.trim().toLowerCase();
  const set = useMutation(UserService.method.setServiceAccountCertificate, {
    onSuccess: () => {
      requestId.done();
      void refresh(queries, UserService);
      toast({ text: t('form.saved') });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: account.name, certificateName };
        set.mutate({ ...body, requestId: requestId.idFor(body) });
      }}
    >
      <p className="muted">{t('systems.certificate.what')}</p>
      <div className="field">
        <label htmlFor={id}>{t('systems.certificate.name')}</label>
        <Input
          id={id}
          className="mono"
          maxLength={253}
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="certificate-name"
        />
      </div>
      <Problem error={set.error} />
      <Button
        htmlType="submit"
        loading={set.isPending}
        disabled={certificateName === account.certificateName}
        data-testid="save-certificate"
      >
        {t('action.save')}
      </Button>
    </form>
  );
}
