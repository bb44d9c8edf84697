// The chair and the street decide what becomes of a topic.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { MeetingSelect } from '@/components/topics/MeetingSelect';
import { type Topic, Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';

const decisions = [
  Topic_State.ACCEPTED,
  Topic_State.DEFERRED,
  Topic_State.MERGED,
  Topic_State.REJECTED,
] as const;

export function Review({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const id = useId();
  const { alliance } = useWork();
  const [decision, setDecision] = useState<Topic_State>(Topic_State.ACCEPTED);
  const [reason, setReason] = useState('');
  const [meeting, setMeeting] = useState(topic.meeting);
  const [mergeInto, setMergeInto] = useState('');
  const review = useActOf(TopicService.method.reviewTopic, [TopicService], (after) =>
    t('topics.decided', { title: after.title, state: t(`topics.state.${after.state}`) }),
  );
  const merges = decision === Topic_State.MERGED;
  const forMeeting = decision === Topic_State.ACCEPTED || decision === Topic_State.DEFERRED;
  const saysWhy = decision === Topic_State.DEFERRED || decision === Topic_State.REJECTED;
  const others = useQuery(
    TopicService.method.listTopics,
    { parent: alliance, pageSize: 100 },
    { enabled: merges },
  );
  const targets = (others.data?.topics ?? []).filter(
    (one) => one.name !== topic.name && one.state <= Topic_State.ACCEPTED,
  );
  const send = () =>
    review.send({
      name: topic.name,
      decision,
      reason: reason.trim(),
      meeting: forMeeting ? meeting : '',
      mergeInto: merges ? mergeInto : '',
    });
  return (
    <Panel title={t('topics.review')}>
      <form
        className="topic-review"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-decision`}>{t('topics.decision')}</label>
          <NativeSelect
            id={`${id}-decision`}
            choices={decisions.map((one) => ({ value: one, label: t(`topics.decide.${one}`) }))}
            value={decision}
            onChange={(event) => setDecision(Number(event.target.value))}
            data-testid="topic-decision"
          />
        </div>
        {forMeeting && (
          <div className="field">
            <label htmlFor={`${id}-meeting`}>{t('topics.forMeeting')}</label>
            <MeetingSelect
              id={`${id}-meeting`}
              none={t('topics.meetingOpenYet')}
              value={meeting}
              onChange={setMeeting}
            />
          </div>
        )}
        {merges && (
          <div className="field">
            <label htmlFor={`${id}-into`}>{t('topics.mergeInto')}</label>
            <NativeSelect
              id={`${id}-into`}
              choices={[
                { value: '', label: t('form.choose') },
                ...targets.map((one) => ({ value: one.name, label: one.title })),
              ]}
              value={mergeInto}
              onChange={(event) => setMergeInto(event.target.value)}
              data-testid="topic-into"
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-why`}>{t('topics.why')}</label>
          <Input.TextArea
            id={`${id}-why`}
            rows={2}
            maxLength={500}
            value={reason}
            aria-describedby={`${id}-note`}
            onChange={(event) => setReason(event.target.value)}
            data-testid="topic-why"
          />
          <p id={`${id}-note`} className="muted">
            {t('topics.whyNote')}
          </p>
        </div>
        <Problem error={review.error} />
        <Button
          type="primary"
          htmlType="submit"
          loading={review.isPending}
          disabled={(saysWhy && !reason.trim()) || (merges && !mergeInto)}
          data-testid="topic-decide"
        >
          {t('topics.decideNow')}
        </Button>
      </form>
    </Panel>
  );
}
