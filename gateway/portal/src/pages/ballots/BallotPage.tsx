// A ballot of its own: live while it runs, then its outcome with the evidence.
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isMissing } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { BallotPanel } from '@/components/ballots/BallotPanel';
import { CheckVote } from '@/components/ballots/CheckVote';
import { Roll } from '@/components/ballots/Roll';
import { useBallot } from '@/components/ballots/useBallots';
import { type Fact, Facts } from '@/components/Facts';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import type { Ratio } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { type Ballot, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { dateTime, ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';

export default function BallotPage() {
  const { t } = useTranslation();
  const { id, ballot: ballotId } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const name = `${alliance}/meetings/${id}/ballots/${ballotId}`;
  const query = useBallot(name);
  const ballot = query.data;
  const closed = ballot?.state === Ballot_State.CLOSED;
  if (!ballot && isMissing(query.error)) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('ballots.title')}
        back={{ to: `/meetings/${id}`, label: t('ballots.backToMeeting') }}
      />
      <BallotPanel name={name} />
      {ballot && closed && ballot.rule?.secret && (
        <Panel title={t('ballots.checkTitle')}>
          <CheckVote ballot={ballot} />
        </Panel>
      )}
      {ballot && <Evidence ballot={ballot} />}
      {ballot && (isLiaison || isStreet) && <Roll ballot={ballot} />}
    </>
  );
}

function Evidence({ ballot }: { ballot: Ballot }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { count, rule } = ballot;
  const kept = ballot.closeQuorum ?? ballot.openQuorum;
  const at = (time: Ballot['openTime']) => time && dateTime(ms(time), zone, i18n.language);
  const units = (n: number, votes: bigint) =>
    t('ballots.unitsAndVotes', { n, votes: Number(votes) });
  const ratio = (one: Ratio | undefined) => one && `${one.numerator}/${one.denominator}`;
  const facts: Fact[] = [
    [t('ballots.charter'), t('ballots.charterVersion', { n: ballot.charterVersion })],
    [t('ballots.quorumRule'), ratio(rule?.quorum)],
    [
      t('ballots.majorityRule'),
      rule &&
        t(rule.majorityInclusive ? 'ballots.atLeast' : 'ballots.moreThan', {
          ratio: ratio(rule.majority),
          base: t(`ballots.base.${rule.majorityBase}`),
        }),
    ],
    [t('ballots.entitled'), count && units(count.entitledUnits, count.entitledVotes)],
    [t('ballots.attended'), count && units(count.presentUnits, count.presentVotes)],
    [t('session.leave'), kept && t('ballots.units', { count: kept.leaveCount })],
    [t('session.observer'), kept && t('ballots.units', { count: kept.observerCount })],
    [t('ballots.openTime'), at(ballot.openTime)],
    [t('ballots.closeTime'), at(ballot.closeTime)],
  ];
  return <Facts title={t('ballots.evidence')} facts={facts} />;
}
