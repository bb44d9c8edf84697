// Proposes a topic.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { Problem } from '@/components/Problem';
import { MeetingSelect } from '@/components/topics/MeetingSelect';
import { useUnsaved } from '@/components/useUnsaved';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';
import { type ChosenFile, TopicFiles } from './TopicFiles';
import './topics.css';

interface Fields {
  title: string;
  body: string;
  kind: number | string;
  meeting: string;
}

const kinds = [
  ItemKind.ORDINARY,
  ItemKind.MAJOR,
  ItemKind.PERSONNEL,
  ItemKind.CHARTER,
  ItemKind.REPORT,
];

export default function TopicFormPage() {
  const { t } = useTranslation();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [files, setFiles] = useState<ChosenFile[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [typed, setTyped] = useState(false);
  const unsaved = useUnsaved(typed || files.length > 0);
  const submit = useActOf(TopicService.method.submitTopic, [TopicService], () =>
    t('topics.submitted'),
  );
  if (!isLiaison && !isStreet) return <NotFoundPage />;

  const send = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const topic = {
      title: fields.title.trim(),
      body: fields.body.trim(),
      kind: Number(fields.kind),
      meeting: fields.meeting,
    };
    submit.send(
      { parent: alliance, topic, attachments: files, member },
      (made) => {
        unsaved.saved();
        navigate(`/topics/${idOf(made.name)}`, { replace: true });
      },
      (error) => setProblem(placeViolations(form, error) ? null : error),
    );
  };
  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      <PageHead
        title={t('topics.create')}
        sub={t('topics.createSub')}
        back={{ to: '/topics', label: t('nav.topics') }}
      />
      {unsaved.question}
      <Form
        form={form}
        name="topic"
        layout="vertical"
        className="panel form"
        initialValues={{ title: '', body: '', kind: ItemKind.ORDINARY, meeting: '' }}
        onFinish={send}
        onValuesChange={(changed) => {
          setTyped(true);
          clearErrors(form, changed);
        }}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item name="title" label={t('topics.title')} rules={[needed]}>
          <Input maxLength={60} data-testid="topic-title" />
        </Form.Item>
        <Form.Item name="body" label={t('topics.body')} rules={[needed]}>
          <Input.TextArea rows={6} maxLength={2000} data-testid="topic-body" />
        </Form.Item>
        <div className="form-grid">
          <Form.Item name="kind" label={t('topics.kind')}>
            <NativeSelect
              choices={kinds.map((kind) => ({ value: kind, label: t(`charter.kind.${kind}`) }))}
            />
          </Form.Item>
          <Form.Item name="meeting" label={t('topics.meeting')} extra={t('topics.meetingNote')}>
            <MeetingSelect none={t('topics.meetingAny')} />
          </Form.Item>
        </div>
        <TopicFiles files={files} onChange={setFiles} />
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={submit.isPending}
            data-testid="topic-save"
          >
            {t('topics.submit')}
          </Button>
        </div>
      </Form>
    </>
  );
}
