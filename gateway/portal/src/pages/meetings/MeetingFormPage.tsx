// Drafts a meeting, from a template or not, or changes one.
import { useQuery } from '@connectrpc/connect-query';
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
import { bodies, bodyOf } from '@/components/meetings/bodies';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { useUnsaved } from '@/components/useUnsaved';
import { type Meeting, Meeting_State, MeetingBody } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';
import { addDays, dayOf, fromLocalInput, MINUTE, ms, stamp, toLocalInput } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { AgendaFields } from './AgendaFields';
import { type AgendaLine, emptyLine, itemsOf, linesOf, linesSent } from './agendaLines';
import { ConveneDialog } from './Convene';
import { SaveTemplate, TemplateChoice } from './Templates';

interface Fields {
  title: string;
  startTime: string;
  length: string;
  location: string;
  body: string;
  agendaItems: AgendaLine[];
}

// Beyond the notice that most charters ask for.
const DAYS_AHEAD = 10;

export default function MeetingFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isChair } = useWork();
  const [loads, setLoads] = useState(0);
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
        <MeetingForm
          key={`${id} ${loads}`}
          stored={id ? query.data : undefined}
          reload={() => query.refetch().then(() => setLoads(loads + 1))}
        />
      )}
    </>
  );
}

interface Props {
  // What is changed; absent: one is drafted.
  stored: Meeting | undefined;
  // Begins anew with what is stored now.
  reload: () => void;
}

function MeetingForm({ stored, reload }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  // As it was when the form opened, or when this form last changed it.
  const [meeting, setMeeting] = useState(stored);
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [convening, setConvening] = useState<Meeting | null>(null);
  const [typed, setTyped] = useState(false);
  const unsaved = useUnsaved(typed);
  const create = useActOf(MeetingService.method.createMeeting, [MeetingService], () =>
    t('meetings.created'),
  );
  const update = useActOf(MeetingService.method.updateMeeting, [MeetingService], () =>
    t('session.saved'),
  );
  const body = Form.useWatch('body', form) ?? MeetingBody.PLENARY;
  const fixed = meeting?.state === Meeting_State.CONVENED;
  const stale = explain(problem).reason === 'ETAG_STALE';

  const meetingOf = (fields: Fields) => {
    const start = fromLocalInput(fields.startTime, zone);
    return {
      title: fields.title.trim(),
      startTime: stamp(start),
      endTime: stamp(start + Number(fields.length) * MINUTE),
      location: fields.location?.trim() ?? '',
      body: Number(fields.body) as MeetingBody,
      agendaItems: itemsOf(fields.agendaItems ?? []),
    };
  };
  const send = (fields: Fields, done: (made: Meeting) => void) => {
    // With what no field shows; what is empty goes, or the server would name other items than the
    // form has.
    const agendaItems = linesSent(form.getFieldValue('agendaItems') ?? []);
    form.setFieldValue('agendaItems', agendaItems);
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const failed = (error: unknown) => setProblem(placeViolations(form, error) ? null : error);
    const sent = meetingOf({ ...fields, agendaItems });
    const stored = (made: Meeting) => {
      unsaved.saved();
      done(made);
    };
    if (!meeting) return create.send({ parent: alliance, meeting: sent }, stored, failed);
    const { name, etag } = meeting;
    const paths = fixed
      ? ['location', 'agenda_items']
      : ['title', 'start_time', 'end_time', 'location', 'body', 'agenda_items'];
    update.send({ meeting: { ...sent, name, etag }, updateMask: { paths } }, stored, failed);
  };
  const open = (made: Meeting) => navigate(`/meetings/${idOf(made.name)}`, { replace: true });
  const leftOut = (after: Meeting) => {
    const gone = new Set(after.leftOut.map((one) => one.project));
    const lines: AgendaLine[] = form.getFieldValue('agendaItems') ?? [];
    form.setFieldValue(
      'agendaItems',
      lines.filter((line) => !gone.has(line?.project)),
    );
    setMeeting(after);
  };

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      {unsaved.question}
      <Form
        form={form}
        name="meeting"
        layout="vertical"
        className="panel form"
        initialValues={meeting ? fieldsOf(meeting, zone) : newFields(zone)}
        onFinish={(fields) => send(fields, open)}
        onValuesChange={(changed) => {
          setTyped(true);
          clearErrors(form, changed);
        }}
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
                  body: String(bodyOf(template)),
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
          <Form.Item
            name="body"
            label={t('meetings.bodyLabel')}
            extra={t(
              Number(body) === MeetingBody.PLENARY ? 'meetings.bodyHintAll' : 'meetings.bodyHint',
              { who: t(`meetings.bodyWho.${body}`) },
            )}
            className="form-wide"
          >
            <NativeSelect
              disabled={fixed}
              choices={bodies.map((one) => ({ value: one, label: t(`meetings.body.${one}`) }))}
              data-testid="meeting-body"
            />
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
        <AgendaFields meeting={meeting} onLeftOut={leftOut} />
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
              const { location, body, agendaItems } = meetingOf(fields);
              return {
                displayName: fields.title.trim(),
                location,
                body,
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
  body: String(MeetingBody.PLENARY),
  agendaItems: [emptyLine],
});

const fieldsOf = (meeting: Meeting, zone: string): Fields => ({
  title: meeting.title,
  startTime: toLocalInput(ms(meeting.startTime), zone),
  length: String((ms(meeting.endTime) - ms(meeting.startTime)) / MINUTE),
  location: meeting.location,
  body: String(bodyOf(meeting)),
  agendaItems: linesOf(meeting.agendaItems),
});
