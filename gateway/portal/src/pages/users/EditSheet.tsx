import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

interface Props {
  user: User;
  open: boolean;
  onClose: () => void;
}

export function EditSheet({ user, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('users.edit')} onClose={onClose}>
      <EditForm user={user} onDone={onClose} />
    </Sheet>
  );
}

interface Fields {
  displayName: string;
  phone: string;
}

function EditForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const update = useMutation(UserService.method.updateUser);

  const submit = (fields: Fields) => {
    const displayName = fields.displayName.trim();
    const phone = fields.phone.trim();
    const paths = [
      ...(displayName === user.displayName ? [] : ['display_name']),
      ...(phone === user.phone ? [] : ['phone']),
    ];
    if (paths.length === 0) {
      onDone();
      return;
    }
    setProblem(null);
    const changed = { name: user.name, displayName, phone, etag: user.etag };
    update.mutate(
      { user: changed, updateMask: { paths }, requestId: requestId.idFor(changed) },
      {
        onSuccess: () => {
          requestId.done();
          void refresh(queries, UserService);
          toast({ text: t('form.saved') });
          onDone();
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };

  return (
    <Form
      form={form}
      name="edit-user"
      layout="vertical"
      requiredMark={false}
      initialValues={{ displayName: user.displayName, phone: user.phone }}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <Form.Item
        name="displayName"
        label={t('users.displayName')}
        extra={t('users.displayNameHint')}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input maxLength={40} data-testid="edit-display-name" />
      </Form.Item>
      <Form.Item name="phone" label={t('users.phone')} extra={t('users.phoneMasked')}>
        <Input maxLength={11} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Problem error={problem} />
      <Button type="primary" htmlType="submit" block loading={update.isPending}>
        {t('action.save')}
      </Button>
    </Form>
  );
}
