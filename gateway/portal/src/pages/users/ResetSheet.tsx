// A new first password: made up or typed, then shown once to be handed over.

import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { SecretOnce } from '@/components/accounts/SecretOnce';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { FirstPassword } from './FirstPassword';

interface Props {
  user: User;
  open: boolean;
  onClose: () => void;
}

export function ResetSheet({ user, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('users.access.reset')} onClose={onClose}>
      <ResetForm user={user} onClose={onClose} />
    </Sheet>
  );
}

function ResetForm({ user, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<{ password: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const [given, setGiven] = useState('');
  const reset = useMutation(UserService.method.resetPassword);

  const submit = ({ password }: { password: string }) => {
    setProblem(null);
    const body = { name: user.name, password };
    reset.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: () => {
          requestId.done();
          setGiven(password);
          void refresh(queries, UserService, AuthService);
        },
        onError: (error) => {
          const { reason, text } = explain(error);
          if (reason === 'PASSWORD_WEAK') form.setFields([{ name: 'password', errors: [text] }]);
          else if (!placeViolations(form, error)) setProblem(error);
        },
      },
    );
  };

  if (given) {
    return (
      <>
        <SecretOnce
          label={t('users.firstPassword')}
          secret={given}
          copyLabel={t('users.copyPassword')}
          note={t('users.firstPasswordOnce')}
          testId="given-password"
        />
        <Button block onClick={onClose} data-testid="given-done">
          {t('action.close')}
        </Button>
      </>
    );
  }
  return (
    <Form
      form={form}
      name="reset-password"
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <p className="reset-what">{t('users.access.resetDoes')}</p>
      <FirstPassword form={form} />
      <Problem error={problem} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={reset.isPending}
        data-testid="confirm-reset"
      >
        {t('users.access.reset')}
      </Button>
    </Form>
  );
}
