// The topics to review, as items of the to-dos: accepted with one click.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { TodoItem } from '@/components/TodoItem';
import { type Topic, Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { idOf } from '@/lib/names';
import { useTopicTodos } from './useTopicTodos';

export function TopicTodos() {
  const { topics } = useTopicTodos();
  return topics.map((topic) => <TopicTodo key={topic.name} topic={topic} />);
}

function TopicTodo({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const accept = useActOf(TopicService.method.reviewTopic, [TopicService], (after) =>
    t('topics.decided', { title: after.title, state: t(`topics.state.${after.state}`) }),
  );
  const page = `/topics/${idOf(topic.name)}`;
  return (
    <TodoItem
      kind={t('topics.todo')}
      to={page}
      title={topic.title}
      facts={[
        t('topics.by', { unit: topic.memberDisplayName || t('topics.street') }),
        t('topics.endorsed', { count: topic.endorsementCount }),
      ]}
      error={accept.error}
      testId="todo-topic"
    >
      <div className="row-actions">
        <Button
          type="primary"
          loading={accept.isPending}
          onClick={() =>
            accept.send({
              name: topic.name,
              decision: Topic_State.ACCEPTED,
              meeting: topic.meeting,
            })
          }
          aria-label={t('topics.acceptOf', { title: topic.title })}
          data-testid="topic-accept-now"
        >
          {t('topics.accept')}
        </Button>
        <Link to={page} className="button-link">
          {t('topics.open')}
        </Link>
      </div>
    </TodoItem>
  );
}
