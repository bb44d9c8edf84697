// The reader's own number. It is kept masked; to see it in full is an act that
// stays on record, also one's own.

import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useSession } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

interface Fields {
  phone: string;
}

export function OwnPhone() {
  const { t } = useTranslation();
  const { caller } = useSession();
  const toast = useToast();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [shown, setShown] = useState('');
  const update = useMutation(UserService.method.updateUser);
  const reveal = useMutation(UserService.method.revealPhone);

  const look = () => {
    const body = { name: caller.name, reason: t('account.phone.reason') };
    setProblem(null);
    reveal.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: ({ phone }) => {
          requestId.done();
          setShown(phone);
        },
        onError: (error) => {
          const missing = explain(error).reason === 'RESOURCE_NOT_FOUND';
          if (missing) setShown(t('account.phone.none'));
          else setProblem(error);
        },
      },
    );
  };
  const save = (phone: string) => {
    const user = { name: caller.name, phone };
    setProblem(null);
    update.mutate(
      { user, updateMask: { paths: ['phone'] }, requestId: requestId.idFor(user) },
      {
        onSuccess: (saved) => {
          requestId.done();
          form.resetFields();
          setShown(saved.phone || t('account.phone.none'));
          toast({ text: t('form.saved') });
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };

  return (
    <Panel title={t('account.phone.title')}>
      <p className="muted">{t('account.phone.why')}</p>
      <div className="panel-foot">
        {shown ? (
          <p data-testid="own-phone">{t('account.phone.now', { phone: shown })}</p>
        ) : (
          <Button onClick={look} loading={reveal.isPending} data-testid="look-phone">
            {t('account.phone.look')}
          </Button>
        )}
      </div>
      <Form
        form={form}
        name="phone"
        layout="vertical"
        requiredMark={false}
        className="phone-form"
        onFinish={({ phone }) => save(phone.trim())}
        onValuesChange={(changed) => clearErrors(form, changed)}
      >
        <Form.Item
          name="phone"
          label={t('account.phone.new')}
          extra={t('account.phone.rule')}
          rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
        >
          <Input maxLength={11} inputMode="tel" autoComplete="tel-national" data-testid="phone" />
        </Form.Item>
        <Problem error={problem} />
        <div className="form-actions">
          <Button htmlType="submit" loading={update.isPending} data-testid="save-phone">
            {t('action.save')}
          </Button>
          <Button danger disabled={update.isPending} onClick={() => save('')}>
            {t('account.phone.remove')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
