// The ballots of a meeting: the running ones live, the others in a line.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '@/components/Empty';
import { Panel } from '@/components/Panel';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { idOf } from '@/lib/names';
import { BallotPanel, BallotTag } from './BallotPanel';
import { OpenBallot } from './OpenBallot';
import { isRunning, useBallots, useRuns } from './useBallots';

export function Ballots({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const runs = useRuns();
  const ballots = useBallots(meeting.name).data?.ballots ?? [];
  const open = meeting.state === Meeting_State.OPEN;
  return (
    <>
      {ballots.filter(isRunning).map((ballot) => (
        <BallotPanel key={ballot.name} name={ballot.name} />
      ))}
      <Panel
        title={t('ballots.title')}
        extra={open && runs ? <OpenBallot meeting={meeting} /> : undefined}
      >
        {ballots.length === 0 ? (
          <Empty why={t('ballots.none')} />
        ) : (
          <ul className="rows">
            {ballots.map((ballot) => (
              <li key={ballot.name} className="todo-item">
                <Link to={`/meetings/${idOf(meeting.name)}/ballots/${idOf(ballot.name)}`}>
                  {ballot.question}
                </Link>
                <BallotTag ballot={ballot} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
