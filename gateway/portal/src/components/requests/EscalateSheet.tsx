// Makes a topic for the joint meeting of a request that many raise.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { idOf } from '@/lib/names';
import { OtherRequests } from './OtherRequests';

// What a topic's title may have.
const MOST = 60;

interface Props {
  request: Request;
  open: boolean;
  onClose: () => void;
}

export function EscalateSheet({ request, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('requests.escalate')} onClose={onClose}>
      <Form request={request} />
    </Sheet>
  );
}

function Form({ request }: { request: Request }) {
  const { t } = useTranslation();
  const id = useId();
  const go = useNavigate();
  const [title, setTitle] = useState([...request.title].slice(0, MOST).join(''));
  const [body, setBody] = useState('');
  const [more, setMore] = useState<string[]>([]);
  const act = useActOf(RequestService.method.escalateRequest, [RequestService, TopicService], () =>
    t('requests.escalated'),
  );
  const violations = act.error ? explain(act.error).violations : [];
  const wrong = (field: string) =>
    violations.find((one) => one.field.split('.').at(-1) === field)?.text;
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = { name: request.name, title: title.trim(), body: body.trim() };
        act.send({ ...sent, moreNames: more }, (topic) => go(`/topics/${idOf(topic.name)}`));
      }}
    >
      <p>{t('requests.escalateWhat')}</p>
      <label htmlFor={`${id}-title`} className="needed">
        {t('topics.title')}
      </label>
      <Input
        id={`${id}-title`}
        value={title}
        maxLength={MOST}
        aria-required
        aria-invalid={!!wrong('title')}
        onChange={(event) => setTitle(event.target.value)}
        data-testid="escalate-title"
      />
      {wrong('title') && <p className="field-error">{wrong('title')}</p>}
      <label htmlFor={`${id}-body`} className="needed">
        {t('requests.escalateWhy')}
      </label>
      <Input.TextArea
        id={`${id}-body`}
        rows={4}
        value={body}
        maxLength={2000}
        aria-required
        aria-invalid={!!wrong('body')}
        onChange={(event) => setBody(event.target.value)}
        data-testid="escalate-body"
      />
      {wrong('body') && <p className="field-error">{wrong('body')}</p>}
      <OtherRequests
        request={request}
        legend={t('requests.escalateMore')}
        fits={(one) => !one.topic}
        chosen={more}
        onChange={setMore}
      />
      {wrong('more_names') && <p className="field-error">{wrong('more_names')}</p>}
      <Problem error={violations.length > 0 ? null : act.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={act.isPending}
        disabled={!title.trim() || !body.trim()}
        data-testid="escalate-send"
      >
        {t('requests.escalate')}
      </Button>
    </form>
  );
}
