// One topic: what is proposed, who endorses it, and what became of it.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { ReasonSheet } from '@/components/ReasonSheet';
import { EndorseButton } from '@/components/topics/EndorseButton';
import { isOpen, stateTag } from '@/components/topics/words';
import type { Topic } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';
import { Attachments } from './Attachments';
import { Review } from './Review';
import './topics.css';
import NotFoundPage from '../NotFoundPage';

export default function TopicPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isChair } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(
    TopicService.method.getTopic,
    { name: `${alliance}/topics/${id}` },
    { refetchInterval: 15_000 },
  );
  const back = { to: '/topics', label: t('nav.topics') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    if (isMissing(query.error)) return <NotFoundPage />;
    return (
      <>
        <PageHead title={t('nav.topics')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const topic = query.data;
  const facts: Fact[] = [
    [
      t('topics.stands'),
      <span key="s" className={`tag ${stateTag[topic.state]}`} data-testid="topic-state">
        {t(`topics.state.${topic.state}`)}
      </span>,
    ],
    [t('topics.proposer'), topic.memberDisplayName || t('topics.street')],
    [t('topics.kind'), t(`charter.kind.${topic.kind}`)],
    [t('topics.time'), dateTime(ms(topic.createTime), zone, i18n.language)],
  ];
  if (topic.meeting) {
    const to = `/meetings/${idOf(topic.meeting)}`;
    facts.push([
      t('topics.forMeeting'),
      <Link key="m" to={to}>
        {t('topics.meetingOpen')}
      </Link>,
    ]);
  }
  if (topic.reporterCount > 0) {
    facts.push([
      t('topics.fromRequests'),
      <span key="r" data-testid="topic-reporters">
        {t('requests.reporters', { n: topic.reporterCount })}
      </span>,
    ]);
  }
  if (topic.mergedInto) {
    facts.push([
      t('topics.mergedInto'),
      <Link key="i" to={`/topics/${idOf(topic.mergedInto)}`}>
        {t('topics.mergedOpen')}
      </Link>,
    ]);
  }
  return (
    <>
      <PageHead title={topic.title} back={back}>
        <EndorseButton topic={topic} />
        <Withdraw topic={topic} />
      </PageHead>
      {(isStreet || isChair) && isOpen(topic.state) && <Review key={topic.name} topic={topic} />}
      <Facts title={t('topics.about')} facts={facts} />
      <Panel title={t('topics.body')}>
        <p className="said">{topic.body}</p>
        <Attachments topic={topic} />
      </Panel>
      <div className="halves">
        <Steps topic={topic} />
        <Endorsements topic={topic} />
      </div>
    </>
  );
}

function Steps({ topic }: { topic: Topic }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  return (
    <Panel title={t('topics.steps')}>
      <ol className="rows" data-testid="topic-steps">
        {topic.steps.map((step) => (
          <li key={`${step.state} ${ms(step.time)}`}>
            <span className={`tag ${stateTag[step.state]}`}>{t(`topics.state.${step.state}`)}</span>{' '}
            <span className="muted">{dateTime(ms(step.time), zone, i18n.language)}</span>
            {step.reason && <p className="said">{step.reason}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Endorsements({ topic }: { topic: Topic }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  return (
    <Panel
      title={t('topics.endorsements')}
      extra={<span className="count">{topic.endorsementCount}</span>}
    >
      {topic.endorsements.length === 0 ? (
        <Empty why={t('topics.endorsementsNone')} />
      ) : (
        <ul className="rows" data-testid="topic-endorsements">
          {topic.endorsements.map((one) => (
            <li key={one.member}>
              {one.memberDisplayName}{' '}
              <span className="muted">{dateTime(ms(one.endorseTime), zone, i18n.language)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Withdraw({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const { member, isLiaison, isStreet } = useWork();
  const [asking, setAsking] = useState(false);
  const withdraw = useActOf(TopicService.method.withdrawTopic, [TopicService], () =>
    t('topics.withdrawn'),
  );
  const own = (isLiaison || isStreet) && topic.member === member;
  if (!own || !isOpen(topic.state)) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="topic-withdraw">
        {t('topics.withdraw')}
      </Button>
      <ReasonSheet
        open={asking}
        title={t('topics.withdraw')}
        what={t('topics.withdrawWhat')}
        optional
        danger
        confirm={t('topics.withdraw')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) => withdraw.send({ name: topic.name, reason }, () => setAsking(false))}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
