// What who runs the meeting does with a ballot.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskButton } from '@/components/AskButton';
import { Problem } from '@/components/Problem';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type Ballot, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { useBallotAct } from './useBallots';

export function RunBallot({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const [cancelling, setCancelling] = useState(false);
  const { name, count } = ballot;
  const present = count?.presentUnits ?? 0;
  const voted = count?.votedUnits ?? 0;
  const missing = Math.max(present - voted, 0);
  const turnout = t(ballot.rule?.secret ? 'ballots.papersUsed' : 'ballots.votedOf', {
    voted,
    present,
    drawn: count?.drawnUnits ?? 0,
  });
  const box = useBallotAct(BallotService.method.openBox, () => t('ballots.boxOpened'));
  const close = useBallotAct(BallotService.method.closeBallot, (after) =>
    t(`ballots.outcome.${after.outcome}`),
  );
  const cancel = useBallotAct(BallotService.method.cancelBallot, () => t('ballots.cancelled'));
  return (
    <div>
      <div className="ballot-acts">
        {ballot.state === Ballot_State.DRAWING && (
          <Button
            type="primary"
            loading={box.isPending}
            onClick={() => box.send({ name })}
            data-testid="open-box"
          >
            {t('ballots.openBox')}
          </Button>
        )}
        {ballot.state === Ballot_State.OPEN && (
          <AskButton
            label={t('ballots.close')}
            title={t('ballots.closeAsk')}
            asks={missing > 0}
            act={close}
            go={(done) => close.send({ name }, done)}
            testId="close-ballot"
          >
            <p>{t('ballots.closeMissing', { count: missing })}</p>
            <p className="muted">{turnout}</p>
          </AskButton>
        )}
        <Button danger onClick={() => setCancelling(true)} data-testid="cancel-ballot">
          {t('ballots.cancel')}
        </Button>
      </div>
      {ballot.state === Ballot_State.OPEN && (
        <p className="muted" data-testid="ballot-turnout">
          {turnout}
        </p>
      )}
      <Problem error={box.error} />
      <ReasonSheet
        open={cancelling}
        title={t('ballots.cancel')}
        what={t('ballots.cancelWhat')}
        confirm={t('ballots.cancel')}
        danger
        busy={cancel.isPending}
        error={cancel.error}
        onConfirm={(reason) => cancel.send({ name, reason }, () => setCancelling(false))}
        onClose={() => setCancelling(false)}
      />
    </div>
  );
}
