import { useMutation } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';
import { addDays, dayOf, fromLocalInput, MINUTE, stamp } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { AgendaFields, type AgendaLine } from './AgendaFields';

interface Fields {
  title: string;
  startTime: string;
  length: string;
  location: string;
  agendaItems: AgendaLine[];
}

export default function MeetingFormPage() {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const create = useMutation(MeetingService.method.createMeeting);
  if (!isStreet) return <NotFoundPage />;

  const submit = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const start = fromLocalInput(fields.startTime, zone);
    const meeting = {
      title: fields.title.trim(),
      startTime: stamp(start),
      endTime: stamp(start + Number(fields.length) * MINUTE),
      location: fields.location?.trim() ?? '',
      agendaItems: (fields.agendaItems ?? [])
        .filter((line) => line?.title?.trim())
        .map((line) => ({ title: line.title.trim(), minutes: Number(line.minutes) || 0 })),
    };
    create.mutate(
      { parent: alliance, meeting, requestId: requestId.idFor(meeting) },
      {
        onSuccess: (made) => {
          requestId.done();
          void refresh(queries, MeetingService);
          toast({ text: t('meetings.created') });
          navigate(`/meetings/${idOf(made.name)}`);
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      <PageHead
        title={t('meetings.create')}
        sub={t('meetings.createSub')}
        back={{ to: '/meetings', label: t('nav.meetings') }}
      />
      <Form
        form={form}
        name="meeting"
        layout="vertical"
        className="panel form"
        initialValues={{
          startTime: `${addDays(dayOf(Date.now(), zone), 7)}T14:00`,
          length: '120',
          agendaItems: [{ title: '', minutes: '' }],
        }}
        onFinish={submit}
        onValuesChange={(changed) => clearErrors(form, changed)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="form-grid">
          <Form.Item
            name="title"
            label={t('meetings.titleLabel')}
            rules={[needed]}
            className="form-wide"
          >
            <Input maxLength={60} data-testid="meeting-title" />
          </Form.Item>
          <Form.Item name="startTime" label={t('meetings.start')} rules={[needed]}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="length" label={t('meetings.length')} rules={[needed]}>
            <Input type="number" min={5} max={1440} step={5} inputMode="numeric" />
          </Form.Item>
          <Form.Item name="location" label={t('meetings.location')} className="form-wide">
            <Input maxLength={120} />
          </Form.Item>
        </div>
        <AgendaFields />
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            data-testid="meeting-save"
          >
            {t('meetings.saveDraft')}
          </Button>
        </div>
      </Form>
    </>
  );
}
