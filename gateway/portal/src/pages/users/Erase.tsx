// The one act on an account that can't be undone; so the login is typed first.

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

export function Erase({ user }: { user: User }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Panel title={t('users.erase.title')} className="danger-panel">
      <p>{t('users.erase.what')}</p>
      <div className="panel-foot">
        <Button danger onClick={() => setOpen(true)} data-testid="erase">
          {t('users.erase.title')}
        </Button>
      </div>
      <Sheet open={open} title={t('users.erase.title')} onClose={() => setOpen(false)}>
        <EraseForm user={user} onDone={() => setOpen(false)} />
      </Sheet>
    </Panel>
  );
}

function EraseForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const erase = useMutation(UserService.method.erasePersonalData, {
    onSuccess: () => {
      requestId.done();
      toast({ text: t('users.erase.done') });
      onDone();
      void refresh(queries, UserService, AuthService);
    },
  });
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: user.name, reason: reason.trim() };
        erase.mutate({ ...body, requestId: requestId.idFor(body) });
      }}
    >
      <p className="problem">{t('users.erase.warning')}</p>
      <label htmlFor={`${id}-reason`}>{t('reason.label')}</label>
      <Input.TextArea
        id={`${id}-reason`}
        rows={2}
        value={reason}
        maxLength={200}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
        data-testid="reason"
      />
      <label htmlFor={`${id}-login`}>{t('users.erase.type', { login: user.login })}</label>
      <Input
        id={`${id}-login`}
        value={typed}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        data-testid="erase-login"
      />
      <Problem error={erase.error} />
      <Button
        type="primary"
        danger
        htmlType="submit"
        block
        loading={erase.isPending}
        disabled={typed.trim() !== user.login || !reason.trim()}
        data-testid="confirm-erase"
      >
        {t('users.erase.confirm')}
      </Button>
    </form>
  );
}
