// How a ballot stands: the votes, how many are needed, and the quorum.
import { useTranslation } from 'react-i18next';
import { VoteBase } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { type Ballot, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import './ballots.css';

export function Meter({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const { count, rule } = ballot;
  if (!count || !rule) return null;
  const hidden = rule.secret && ballot.state !== Ballot_State.CLOSED;
  const [yes, no, abstain, needed] = [
    count.forVotes,
    count.againstVotes,
    count.abstainVotes,
    count.neededVotes,
  ].map(Number) as [number, number, number, number];
  const whole = Math.max(
    rule.majorityBase === VoteBase.ENTITLED
      ? Number(count.entitledVotes)
      : Number(count.presentVotes),
    yes + no + abstain,
    needed,
    1,
  );
  const share = (votes: number) => (100 * votes) / whole;
  const quorum = count.presentUnits >= count.quorumUnits;
  return (
    <div className="ballot-meter" data-testid="ballot-meter">
      {hidden ? (
        <dl className="turnout">
          <Tally label={t('ballots.drawn')} n={count.drawnUnits} id="drawn" />
          <Tally label={t('ballots.inBox')} n={count.votedUnits} id="in-box" />
        </dl>
      ) : (
        <>
          <dl className="turnout">
            <Tally label={t('ballots.choice.1')} n={yes} id="for" />
            <Tally label={t('ballots.choice.2')} n={no} id="against" />
            <Tally label={t('ballots.choice.3')} n={abstain} id="abstain" />
          </dl>
          <svg className="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img">
            <title>{t('ballots.meterSaid', { yes, no, abstain, needed })}</title>
            <rect className="meter-all" width="100" height="4" />
            <rect className="ballot-for" width={share(yes)} height="4" />
            <rect className="ballot-against" x={100 - share(no)} width={share(no)} height="4" />
            <rect
              className="ballot-needed"
              x={Math.min(share(needed), 99.4)}
              width="0.6"
              height="4"
            />
          </svg>
        </>
      )}
      <p>
        {t('ballots.needed', { count: needed, base: t(`ballots.base.${rule.majorityBase}`) })}
        {' · '}
        <span className={quorum ? '' : 'ballot-short'}>
          {t(quorum ? 'ballots.quorumMet' : 'ballots.quorumMissed', {
            present: count.presentUnits,
            entitled: count.entitledUnits,
            quorum: count.quorumUnits,
          })}
        </span>
      </p>
    </div>
  );
}

function Tally({ label, n, id }: { label: string; n: number; id: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-testid={`ballot-${id}`}>{n}</dd>
    </div>
  );
}
