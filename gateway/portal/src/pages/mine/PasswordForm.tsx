import { useMutation } from '@connectrpc/connect-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useRequestId } from '@/api/requestId';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';

interface Fields {
  oldPassword: string;
  newPassword: string;
  again: string;
}

export function PasswordForm() {
  const { t } = useTranslation();
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
        },
        onError: (error) => {
          const { reason, text } = explain(error);
          const name = reason === 'PASSWORD_WRONG' ? 'oldPassword' : 'newPassword';
          if (reason === 'PASSWORD_WRONG' || reason === 'PASSWORD_WEAK') {
            form.setFields([{ name, errors: [text] }]);
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
        <Input type="password" autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={t('mine.settings.newPassword')}
        extra={t('mine.settings.passwordRule')}
        rules={[needed]}
      >
        <Input type="password" autoComplete="new-password" maxLength={128} />
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
        <Input type="password" autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Problem error={problem} />
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('mine.settings.changePassword')}
      </Button>
    </Form>
  );
}
