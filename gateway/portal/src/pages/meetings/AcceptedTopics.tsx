// Puts an accepted topic on the agenda with one choice; those on it are left out.
import { useQuery } from '@connectrpc/connect-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { type Topic, Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';

interface Props {
  taken: readonly string[];
  onChoose: (topic: Topic) => void;
}

export function AcceptedTopics({ taken, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { alliance } = useWork();
  const query = useQuery(TopicService.method.listTopics, {
    parent: alliance,
    state: Topic_State.ACCEPTED,
    pageSize: 100,
  });
  const waiting = (query.data?.topics ?? []).filter((one) => !taken.includes(one.name));
  const none = waiting.length === 0;
  return (
    <div className="field">
      <label htmlFor={id}>{t('session.addTopic')}</label>
      <NativeSelect
        id={id}
        value=""
        disabled={none}
        choices={[
          { value: '', label: t(none ? 'session.addTopicNone' : 'form.choose') },
          ...waiting.map((one) => ({ value: one.name, label: one.title })),
        ]}
        onChange={(event) => {
          const chosen = waiting.find((one) => one.name === event.target.value);
          if (chosen) onChoose(chosen);
        }}
        data-testid="agenda-topic"
      />
    </div>
  );
}
