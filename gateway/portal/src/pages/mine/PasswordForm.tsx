import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { usePasswordPolicy } from '@/api/usePasswordPolicy';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';

interface Fields {
  oldPassword: string;
  newPassword: string;
  again: string;
}

// The reasons that speak of one field without naming it.
const FIELD_OF: Record<string, keyof Fields> = {
  PASSWORD_WRONG: 'oldPassword',
  PASSWORD_WEAK: 'newPassword',
  PASSWORD_USED_BEFORE: 'newPassword',
};

export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const { text: policy } = usePasswordPolicy();
  const toast = useToast();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const change = useMutation(AuthService.method.changePassword);

  const submit = ({ oldPassword, newPassword }: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const body = { oldPassword, newPassword };
    change.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: () => {
          requestId.done();
          form.resetFields();
          toast({ text: t('mine.settings.passwordChanged') });
          onDone?.();
        },
        onError: (error) => {
          const { reason, text } = explain(error);
          const name = FIELD_OF[reason];
          if (name) {
            form.setFields([{ name, errors: [text] }]);
            form.focusField(name);
          } else if (!placeViolations(form, error)) {
            setProblem(error);
          }
        },
      },
    );
  };

  const needed = { required: true, message: t('form.needed') };
  return (
    <Form
      form={form}
      name="change-password"
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <Form.Item name="oldPassword" label={t('mine.settings.oldPassword')} rules={[needed]}>
        <Input
          type="password"
          autoComplete="current-password"
          maxLength={128}
          data-testid="old-password"
        />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={t('mine.settings.newPassword')}
        extra={policy}
        rules={[needed]}
      >
        <Input
          type="password"
          autoComplete="new-password"
          maxLength={128}
          data-testid="new-password"
        />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('mine.settings.again')}
        dependencies={['newPassword']}
        rules={[
          needed,
          {
            validator: async (_, value) => {
              if (value && value !== form.getFieldValue('newPassword')) {
                throw new Error(t('mine.settings.differs'));
              }
            },
          },
        ]}
      >
        <Input
          type="password"
          autoComplete="new-password"
          maxLength={128}
          data-testid="password-again"
        />
      </Form.Item>
      <Problem error={problem} />
      <Button
        type="primary"
        htmlType="submit"
        loading={change.isPending}
        data-testid="change-password"
      >
        {t('mine.settings.changePassword')}
      </Button>
    </Form>
  );
}
