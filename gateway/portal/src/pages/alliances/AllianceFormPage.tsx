import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { DEFAULT_ZONE } from '@/lib/time';

interface Fields {
  allianceId: string;
  displayName: string;
  streetDisplayName: string;
  timeZone: string;
}

export default function AllianceFormPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const create = useMutation(AllianceService.method.createAlliance);

  const submit = (fields: Fields) => {
    setProblem(null);
    const body = {
      allianceId: fields.allianceId.trim(),
      alliance: {
        displayName: fields.displayName.trim(),
        streetDisplayName: fields.streetDisplayName.trim(),
        timeZone: fields.timeZone.trim(),
      },
    };
    create.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: (made) => {
          requestId.done();
          void refresh(queries, AllianceService);
          toast({ text: t('alliances.done', { name: made.displayName }) });
          navigate('/alliances');
        },
        onError: (error) => {
          const { reason, text } = explain(error);
          if (reason === 'ALREADY_EXISTS') {
            form.setFields([{ name: 'allianceId', errors: [text] }]);
            form.scrollToField('allianceId', { focus: true });
          } else if (!placeViolations(form, error)) {
            setProblem(error);
          }
        },
      },
    );
  };

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      <PageHead
        title={t('alliances.create')}
        back={{ to: '/alliances', label: t('nav.alliances') }}
        sub={t('alliances.createSub')}
      />
      <Form
        form={form}
        name="alliance"
        layout="vertical"
        className="panel form"
        initialValues={{
          allianceId: '',
          displayName: '',
          streetDisplayName: '',
          timeZone: DEFAULT_ZONE,
        }}
        onFinish={submit}
        onValuesChange={(changed) => clearErrors(form, changed)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="form-grid">
          <Form.Item name="displayName" label={t('alliances.displayName')} rules={[needed]}>
            <Input maxLength={60} data-testid="alliance-display-name" />
          </Form.Item>
          <Form.Item name="streetDisplayName" label={t('alliances.street')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="allianceId" label={t('alliances.id')} extra={t('alliances.idHint')}>
            <Input
              maxLength={36}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              data-testid="alliance-id"
            />
          </Form.Item>
          <Form.Item
            name="timeZone"
            label={t('alliances.timeZone')}
            extra={t('alliances.timeZoneHint')}
          >
            <Input maxLength={64} autoComplete="off" spellCheck={false} />
          </Form.Item>
        </div>
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            data-testid="create-alliance"
          >
            {t('alliances.create')}
          </Button>
        </div>
      </Form>
    </>
  );
}
