// Drafts a meeting, from a template or not, or changes one.
import { createConnectQueryKey, useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';
import { addDays, dayOf, fromLocalInput, MINUTE, ms, stamp, toLocalInput } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { AgendaFields } from './AgendaFields';
import { type AgendaLine, emptyLine, itemsOf, linesOf } from './agendaLines';
import { ConveneDialog } from './Convene';
import { SaveTemplate, TemplateChoice } from './Templates';

interface Fields {
  title: string;
  startTime: string;
  length: string;
  location: string;
  agendaItems: AgendaLine[];
}

// Beyond the notice that most charters ask for.
const DAYS_AHEAD = 10;

export default function MeetingFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isChair } = useWork();
  const query = useQuery(
    MeetingService.method.getMeeting,
    { name: `${alliance}/meetings/${id}` },
    // What others change meanwhile is no reason to lose what was typed.
    { enabled: !!id, staleTime: Number.POSITIVE_INFINITY },
  );
  if (!isStreet && !isChair) return <NotFoundPage />;
  if (id && query.isPending) return <PageSkeleton lines={8} />;
  return (
    <>
      <PageHead
        title={t(id ? 'session.edit' : 'meetings.create')}
        sub={t(id ? 'session.editSub' : 'meetings.createSub')}
        back={{ to: id ? `/meetings/${id}` : '/meetings', label: t('nav.meetings') }}
      />
      {id && !query.data ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <MeetingForm key={query.data?.etag ?? 'new'} meeting={id ? query.data : undefined} />
      )}
    </>
  );
}

function MeetingForm({ meeting }: { meeting: Meeting | undefined }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [convening, setConvening] = useState<Meeting | null>(null);
  const create = useActOf(MeetingService.method.createMeeting, [MeetingService], () =>
    t('meetings.created'),
  );
  const update = useActOf(MeetingService.method.updateMeeting, [MeetingService], () =>
    t('session.saved'),
  );
  const fixed = meeting?.state === Meeting_State.CONVENED;
  const stale = explain(problem).reason === 'ETAG_STALE';

  const bodyOf = (fields: Fields) => {
    const start = fromLocalInput(fields.startTime, zone);
    return {
      title: fields.title.trim(),
      startTime: stamp(start),
      endTime: stamp(start + Number(fields.length) * MINUTE),
      location: fields.location?.trim() ?? '',
      agendaItems: itemsOf(fields.agendaItems ?? []),
    };
  };
  const send = (fields: Fields, done: (made: Meeting) => void) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const failed = (error: unknown) => setProblem(placeViolations(form, error) ? null : error);
    const body = bodyOf(fields);
    if (!meeting) return create.send({ parent: alliance, meeting: body }, done, failed);
    const { name, etag } = meeting;
    const paths = fixed
      ? ['location', 'agenda_items']
      : ['title', 'start_time', 'end_time', 'location', 'agenda_items'];
    update.send({ meeting: { ...body, name, etag }, updateMask: { paths } }, done, failed);
  };
  const open = (made: Meeting) => navigate(`/meetings/${idOf(made.name)}`);
  const reload = () =>
    queries.invalidateQueries({
      queryKey: createConnectQueryKey({
        schema: MeetingService.method.getMeeting,
        cardinality: 'finite',
      }),
    });

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      <Form
        form={form}
        name="meeting"
        layout="vertical"
        className="panel form"
        initialValues={meeting ? fieldsOf(meeting, zone) : newFields(zone)}
        onFinish={(fields) => send(fields, open)}
        onValuesChange={(changed) => clearErrors(form, changed)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="form-grid">
          {!meeting && (
            <TemplateChoice
              onChoose={(template) =>
                form.setFieldsValue({
                  title: template.displayName,
                  length: String(template.minutes),
                  location: template.location,
                  agendaItems: linesOf(template.agendaItems),
                })
              }
            />
          )}
          <Form.Item
            name="title"
            label={t('meetings.titleLabel')}
            rules={[needed]}
            className="form-wide"
          >
            <Input maxLength={60} disabled={fixed} data-testid="meeting-title" />
          </Form.Item>
          <Form.Item name="startTime" label={t('meetings.start')} rules={[needed]}>
            <Input type="datetime-local" disabled={fixed} />
          </Form.Item>
          <Form.Item name="length" label={t('meetings.length')} rules={[needed]}>
            <Input type="number" min={5} max={1440} step={5} inputMode="numeric" disabled={fixed} />
          </Form.Item>
          <Form.Item name="location" label={t('meetings.location')} className="form-wide">
            <Input maxLength={120} />
          </Form.Item>
        </div>
        <AgendaFields />
        <Problem error={problem} />
        {stale && (
          <p>
            {t('session.stale')} <Button onClick={reload}>{t('session.reload')}</Button>
          </p>
        )}
        <div className="form-actions">
          <Button
            type={meeting ? 'primary' : 'default'}
            htmlType="submit"
            loading={create.isPending || update.isPending}
            data-testid="meeting-save"
          >
            {t(meeting ? 'action.save' : 'meetings.saveDraft')}
          </Button>
          {!meeting && (
            <Button
              type="primary"
              loading={create.isPending}
              onClick={async () => {
                // What is missing stands at its field.
                const fields = await form.validateFields().catch(() => null);
                if (fields) send(fields, setConvening);
              }}
              data-testid="meeting-save-convene"
            >
              {t('session.saveConvene')}
            </Button>
          )}
          <SaveTemplate
            template={() => {
              const fields = form.getFieldsValue();
              const { location, agendaItems } = bodyOf(fields);
              return {
                displayName: fields.title.trim(),
                location,
                minutes: Number(fields.length),
                agendaItems: agendaItems.map((item) => ({ ...item, topic: '', project: '' })),
              };
            }}
          />
        </div>
      </Form>
      {convening && (
        <ConveneDialog
          meeting={convening}
          onDone={() => open(convening)}
          onClose={() => open(convening)}
        />
      )}
    </>
  );
}

const newFields = (zone: string): Partial<Fields> => ({
  title: '',
  startTime: `${addDays(dayOf(Date.now(), zone), DAYS_AHEAD)}T14:00`,
  length: '120',
  location: '',
  agendaItems: [emptyLine],
});

const fieldsOf = (meeting: Meeting, zone: string): Fields => ({
  title: meeting.title,
  startTime: toLocalInput(ms(meeting.startTime), zone),
  length: String((ms(meeting.endTime) - ms(meeting.startTime)) / MINUTE),
  location: meeting.location,
  agendaItems: linesOf(meeting.agendaItems),
});
