// The ballots of a meeting: the running ones live, the others in a line.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '@/components/Empty';
import { Panel } from '@/components/Panel';
import type { Ballot } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { whereOf } from '@/lib/whereOf';
import { BallotPanel, BallotTag } from './BallotPanel';
import { OpenBallot } from './OpenBallot';
import { isRunning, useBallots, useRuns } from './useBallots';

export function Ballots({ meeting }: { meeting: Meeting }) {
  const ballots = useBallots(meeting.name).data?.ballots ?? [];
  return (
    <>
      {ballots.filter(isRunning).map((ballot) => (
        <BallotPanel key={ballot.name} name={ballot.name} />
      ))}
      <BallotList meeting={meeting} ballots={ballots} />
    </>
  );
}

// Who runs the meeting opens the next one from here.
export function BallotList({ meeting, ballots }: { meeting: Meeting; ballots: Ballot[] }) {
  const { t } = useTranslation();
  const runs = useRuns();
  const open = meeting.state === Meeting_State.OPEN;
  return (
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
              <Link to={whereOf(ballot.name)} className="said">
                {ballot.question}
              </Link>
              <BallotTag ballot={ballot} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
