import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';

// The topics that wait for the review of the chair and the street.
export function useTopicTodos() {
  const { alliance, isStreet, isChair } = useWork();
  const reviews = isStreet || isChair;
  const query = useQuery(
    TopicService.method.listTopics,
    { parent: alliance, state: Topic_State.SUBMITTED, pageSize: 10 },
    { enabled: reviews },
  );
  const topics = (reviews && query.data?.topics) || [];
  return {
    topics,
    total: topics.length,
    isPending: reviews && query.isPending,
    error: reviews ? query.error : null,
    refetch: query.refetch,
  };
}
