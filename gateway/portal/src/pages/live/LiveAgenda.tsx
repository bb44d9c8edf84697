// The agenda with what is dealt with now; who runs the meeting moves on from here.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { BallotTag } from '@/components/ballots/BallotPanel';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { type Ballot, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { whereOf } from '@/lib/whereOf';

interface Props {
  meeting: Meeting;
  // Of the whole meeting, the latest first.
  ballots: readonly Ballot[];
  runs: boolean;
}

export function LiveAgenda({ meeting, ballots, runs }: Props) {
  const { t } = useTranslation();
  const set = useActOf(MeetingService.method.setCurrentItem, [MeetingService], () =>
    t('session.nextDone'),
  );
  const current = meeting.agendaItems.find((one) => one.id === meeting.currentItem);
  return (
    <Panel title={t('meetings.agenda')}>
      {meeting.state !== Meeting_State.CLOSED && (
        <p data-testid="current-item">
          {current ? `${t('session.now')}：${current.title}` : t('session.nowNone')}
          {meeting.speaker && ` · ${t('session.speaker')}：${meeting.speaker}`}
        </p>
      )}
      <ol className="rows live-agenda">
        {meeting.agendaItems.map((item) => (
          <li key={item.id} aria-current={item.id === meeting.currentItem ? 'step' : undefined}>
            <span>{item.title}</span>
            {item.kind > 0 && (
              <span className="tag tag-kind">{t(`charter.kind.${item.kind}`)}</span>
            )}
            <Outcome ballot={ballots.find((one) => one.agendaItem === item.id && isDecided(one))} />
            {item.id === meeting.currentItem && meeting.state !== Meeting_State.CLOSED ? (
              <span className="tag tag-confirmed">{t('session.current')}</span>
            ) : (
              runs && (
                <Button
                  loading={set.isPending}
                  onClick={() => set.send({ name: meeting.name, item: item.id, speaker: '' })}
                  aria-label={t('session.setItem', { title: item.title })}
                  data-testid="set-item"
                >
                  {t('session.setItemShort')}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
      <Problem error={set.error} />
      {runs && (
        <Speaker
          key={meeting.currentItem}
          busy={set.isPending}
          onSay={(speaker) => set.send({ name: meeting.name, item: meeting.currentItem, speaker })}
        />
      )}
    </Panel>
  );
}

const isDecided = (ballot: Ballot) => ballot.state === Ballot_State.CLOSED;

// What the latest ballot on an item decided.
function Outcome({ ballot }: { ballot: Ballot | undefined }) {
  return ballot ? (
    <Link to={whereOf(ballot.name)} data-testid="item-outcome">
      <BallotTag ballot={ballot} />
    </Link>
  ) : null;
}

function Speaker({ busy, onSay }: { busy: boolean; onSay: (speaker: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [speaker, setSpeaker] = useState('');
  return (
    <form
      className="live-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(speaker.trim());
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('session.speakerLabel')}</label>
        <Input
          id={id}
          value={speaker}
          maxLength={60}
          onChange={(event) => setSpeaker(event.target.value)}
          data-testid="speaker"
        />
      </div>
      <Button htmlType="submit" loading={busy}>
        {t('session.next')}
      </Button>
    </form>
  );
}
