// What units want the joint meeting to settle, the newest first.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { EndorseButton } from '@/components/topics/EndorseButton';
import { stateIn, stateTag } from '@/components/topics/words';
import type { Topic } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { idOf } from '@/lib/names';
import { longDate, ms } from '@/lib/time';

export default function TopicsPage() {
  const { t } = useTranslation();
  const { alliance, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const query = useQuery(
    TopicService.method.listTopics,
    {
      parent: alliance,
      state: stateIn[params.get('state') ?? ''],
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { placeholderData: keepPreviousData, refetchInterval: 30_000 },
  );
  const topics = query.data?.topics ?? [];
  const proposes = isLiaison || isStreet;
  return (
    <>
      <PageHead title={t('nav.topics')} sub={t('topics.sub')}>
        {proposes && (
          <Link to="/topics/new" className="button-link button-primary" data-testid="topic-new">
            {t('topics.create')}
          </Link>
        )}
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('topics.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(stateIn).map(([value, state]) => ({
              value,
              label: t(`topics.state.${state}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : topics.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('topics.none')}
            action={
              proposes ? (
                <Link to="/topics/new">{t('topics.create')}</Link>
              ) : (
                <Link to="/meetings">{t('nav.meetings')}</Link>
              )
            }
          />
        </div>
      ) : (
        <section className="panel" aria-labelledby="topics-list">
          <h2 id="topics-list" className="sr-only">
            {t('topics.list')}
          </h2>
          <ul className="rows">
            {topics.map((topic) => (
              <TopicRow key={topic.name} topic={topic} />
            ))}
          </ul>
        </section>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

function TopicRow({ topic }: { topic: Topic }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  return (
    <li className="todo-item" data-testid="topic" data-state={topic.state}>
      <div className="todo-text">
        <span className={`tag ${stateTag[topic.state]}`}>{t(`topics.state.${topic.state}`)}</span>
        <h3>
          <Link to={`/topics/${idOf(topic.name)}`}>{topic.title}</Link>
        </h3>
        <p className="muted">
          {[
            t('topics.by', { unit: topic.memberDisplayName || t('topics.street') }),
            longDate(ms(topic.createTime), zone, i18n.language),
            t('topics.endorsed', { count: topic.endorsementCount }),
          ].join(' · ')}
        </p>
      </div>
      <EndorseButton topic={topic} />
    </li>
  );
}
