// Endorses the topic of another unit with one click, and takes it back with one more.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import type { Topic } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { isOpen } from './words';

export function EndorseButton({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const { member, isLiaison } = useWork();
  const endorse = useActOf(TopicService.method.endorseTopic, [TopicService], () =>
    t('topics.endorsedToast', { title: topic.title }),
  );
  const takeBack = useActOf(TopicService.method.withdrawEndorsement, [TopicService], () =>
    t('topics.unendorsedToast', { title: topic.title }),
  );
  if (!isLiaison || topic.member === member || !isOpen(topic.state)) return null;
  const act = topic.ownEndorsed ? takeBack : endorse;
  const word = topic.ownEndorsed ? 'topics.unendorse' : 'topics.endorse';
  return (
    <>
      <Button
        onClick={() => act.send({ name: topic.name, member })}
        loading={act.isPending}
        aria-label={t(`${word}Of`, { title: topic.title })}
        data-testid={topic.ownEndorsed ? 'topic-unendorse' : 'topic-endorse'}
      >
        {t(word)}
      </Button>
      <Problem error={endorse.error ?? takeBack.error} />
    </>
  );
}
