import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { FirstPassword } from './FirstPassword';

interface Fields {
  login: string;
  displayName: string;
  phone: string;
  password: string;
}

// The reasons that speak of one field without naming it.
const FIELD_OF: Record<string, keyof Fields> = {
  LOGIN_TAKEN: 'login',
  PASSWORD_WEAK: 'password',
  PHONE_INVALID: 'phone',
};

export function UserForm({ onDone }: { onDone: (user: User, password: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const create = useMutation(UserService.method.createUser);

  const submit = ({ login, displayName, phone, password }: Fields) => {
    setProblem(null);
    const user = {
      login: login.trim(),
      displayName: displayName.trim(),
      phone: phone?.trim() ?? '',
    };
    const body = { user, password };
    create.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: (made) => {
          requestId.done();
          void refresh(queries, UserService);
          onDone(made, password);
        },
        onError: (error) => {
          const { reason, text } = explain(error);
          const name = FIELD_OF[reason];
          if (name) {
            form.setFields([{ name, errors: [text] }]);
            form.scrollToField(name, { focus: true });
          } else if (!placeViolations(form, error)) {
            setProblem(error);
          }
        },
      },
    );
  };

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <Form
      form={form}
      name="user"
      layout="vertical"
      className="panel form"
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
      scrollToFirstError={{ focus: true }}
    >
      <div className="form-grid">
        <Form.Item
          name="login"
          label={t('users.login')}
          extra={t('users.loginHint')}
          rules={[needed]}
        >
          <Input
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-testid="user-login"
          />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('users.displayName')}
          extra={t('users.displayNameHint')}
          rules={[needed]}
        >
          <Input maxLength={40} autoComplete="off" data-testid="user-display-name" />
        </Form.Item>
        <FirstPassword form={form} />
        <Form.Item name="phone" label={t('users.phone')} extra={t('users.phoneHint')}>
          <Input maxLength={11} inputMode="tel" autoComplete="off" />
        </Form.Item>
      </div>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={create.isPending}
          data-testid="create-user"
        >
          {t('users.create')}
        </Button>
      </div>
    </Form>
  );
}
