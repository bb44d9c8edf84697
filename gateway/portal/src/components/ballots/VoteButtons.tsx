// The vote of a unit in a named ballot, and of those that it stands for. It can be changed
// until the ballot is closed.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import { type Ballot, Choice, type Elector } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { useBallotAct } from './useBallots';

const choices = [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN];

interface Props {
  ballot: Ballot;
  elector: Elector;
}

export function VoteButtons({ ballot, elector }: Props) {
  const { t } = useTranslation();
  const { member } = useWork();
  const cast = useBallotAct(BallotService.method.castVote, (after) =>
    t('ballots.voted', { choice: t(`ballots.choice.${after.choice}`) }),
  );
  const unit = elector.memberDisplayName;
  return (
    <fieldset className="ballot-vote">
      <legend>
        {elector.member === member ? t('ballots.yourVote') : t('ballots.voteFor', { unit })}
      </legend>
      <div className="ballot-choices">
        {choices.map((choice) => (
          <Button
            key={choice}
            size="large"
            type={elector.choice === choice ? 'primary' : 'default'}
            aria-pressed={elector.choice === choice}
            disabled={cast.isPending}
            onClick={() => cast.send({ name: ballot.name, choice, member: elector.member })}
            data-testid={`vote-${choice}`}
          >
            {t(`ballots.choice.${choice}`)}
          </Button>
        ))}
      </div>
      <Problem error={cast.error} />
    </fieldset>
  );
}
