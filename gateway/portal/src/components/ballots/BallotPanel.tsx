// One ballot, live: the question, how it stands, the reader's vote, and what who runs the
// meeting may do. For the pages of a meeting, and for the ballot's own.
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { type Ballot, Ballot_Outcome, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { Meter } from './Meter';
import { RunBallot } from './RunBallot';
import { SecretVote } from './SecretVote';
import { isRunning, useBallot, useRoll, useRuns } from './useBallots';
import { VoteButtons } from './VoteButtons';
import './ballots.css';

export function BallotPanel({ name }: { name: string }) {
  const query = useBallot(name);
  if (query.isPending) return <PageSkeleton lines={5} />;
  if (query.data) return <BallotView ballot={query.data} />;
  return <Failure text={explain(query.error).text} retry={() => query.refetch()} />;
}

// The same of a ballot that somebody else keeps up to date.
export function BallotView({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const runs = useRuns();
  return (
    <Panel title={ballot.question} extra={<BallotTag ballot={ballot} />}>
      <p className="muted">
        {t(ballot.rule?.secret ? 'ballots.secret' : 'ballots.named')}
        {' · '}
        {t(`ballots.kind.${ballot.kind}`)}
      </p>
      <Meter ballot={ballot} />
      {isRunning(ballot) && <OwnVotes ballot={ballot} />}
      {isRunning(ballot) && runs && <RunBallot ballot={ballot} />}
    </Panel>
  );
}

export function BallotTag({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const closed = ballot.state === Ballot_State.CLOSED;
  const carried = ballot.outcome === Ballot_Outcome.CARRIED;
  return (
    <span
      className={`tag ${isRunning(ballot) ? 'tag-applied' : carried ? 'tag-confirmed' : ''}`}
      data-testid="ballot-state"
      data-state={ballot.state}
      data-outcome={ballot.outcome}
    >
      {t(closed ? `ballots.outcome.${ballot.outcome}` : `ballots.state.${ballot.state}`)}
    </span>
  );
}

// Of the reader's unit, and of those that it stands for.
function OwnVotes({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const { member, isLiaison } = useWork();
  const { roll, isPending } = useRoll(ballot, isLiaison);
  if (!isLiaison || isPending) return null;
  const own = roll.filter(
    (one) =>
      one.present &&
      (one.proxyHolder === member || (one.member === member && one.proxyHolder === '')),
  );
  if (own.length === 0) {
    const entitled = roll.some((one) => one.member === member);
    return (
      <p className="banner" data-testid="no-vote">
        {t(entitled ? 'ballots.notPresent' : 'ballots.notEntitled')}
      </p>
    );
  }
  const Vote = ballot.rule?.secret ? SecretVote : VoteButtons;
  return own.map((elector) => <Vote key={elector.name} ballot={ballot} elector={elector} />);
}
