// A unit's paper in a secret ballot: drawn signed in, cast without a name, kept here.

import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import {
  type Ballot,
  Ballot_State,
  Choice,
  type Elector,
} from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { readKey } from './blindRsa';
import { fromHex } from './bytes';
import { makePaper, type Receipt, signed, vote } from './paper';
import { keepReceipt, readReceipt, saveReceipt } from './receipts';
import { useBallotAct } from './useBallots';

interface Props {
  ballot: Ballot;
  elector: Elector;
}

export function SecretVote({ ballot, elector }: Props) {
  const { t } = useTranslation();
  const { member } = useWork();
  const [receipt, setReceipt] = useState(() => readReceipt(ballot.name, elector.member));
  const keep = (next: Receipt) => {
    setReceipt(next);
    return keepReceipt(elector.member, next);
  };
  const unit = elector.memberDisplayName;
  return (
    <fieldset className="ballot-vote">
      <legend>
        {elector.member === member ? t('ballots.yourPaper') : t('ballots.paperFor', { unit })}
      </legend>
      {ballot.state === Ballot_State.DRAWING ? (
        <Draw ballot={ballot} elector={elector} receipt={receipt} keep={keep} />
      ) : (
        <Cast ballot={ballot} receipt={receipt} keep={keep} />
      )}
      {receipt?.signature && (
        <Button onClick={() => saveReceipt(receipt)} data-testid="save-receipt">
          {t('ballots.saveReceipt')}
        </Button>
      )}
    </fieldset>
  );
}

interface Part {
  ballot: Ballot;
  receipt: Receipt | undefined;
  keep: (receipt: Receipt) => boolean;
}

function Draw({ ballot, elector, receipt, keep }: Part & { elector: Elector }) {
  const { t } = useTranslation();
  const [fault, setFault] = useState('');
  const draw = useBallotAct(BallotService.method.drawPaper, () => t('ballots.drawnToast'));
  const key = readKey(ballot.publicKey);
  const go = async () => {
    // The same paper again where the answer was lost: it gets the same signature.
    const paper = receipt ?? (await makePaper(ballot.name, key));
    if (!keep(paper)) {
      setFault(t('ballots.noStorage'));
      return;
    }
    draw.send(
      { name: ballot.name, member: elector.member, blindedMessage: fromHex(paper.blinded) },
      (answer) => {
        const done = signed(paper, key, answer.blindSignature);
        if (done) keep(done);
        else setFault(t('ballots.badSignature'));
      },
    );
  };
  if (receipt?.signature) return <p data-testid="paper-drawn">{t('ballots.waitForBox')}</p>;
  return (
    <>
      <p className="muted">{t('ballots.drawNote')}</p>
      <Button type="primary" size="large" loading={draw.isPending} onClick={go} data-testid="draw">
        {t('ballots.draw')}
      </Button>
      {fault && <p className="field-error">{fault}</p>}
      <Problem error={draw.error} />
    </>
  );
}

function Cast({ ballot, receipt, keep }: Part) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<Choice>();
  const cast = useMutation(BallotService.method.castPaper, {
    onSettled: () => refresh(queries, BallotService),
  });
  if (!receipt?.signature) return <p>{t('ballots.noPaper')}</p>;
  if (receipt.choice) {
    return (
      <p data-testid="paper-cast">
        {t('ballots.castAs', { choice: t(`ballots.choice.${receipt.choice}`) })}
      </p>
    );
  }
  const go = () => {
    if (!choice) return;
    cast.mutate(
      { name: ballot.name, paper: vote(receipt, choice) },
      {
        onSuccess: () => {
          keep({ ...receipt, choice });
          toast({ text: t('ballots.castToast') });
        },
      },
    );
  };
  return (
    <>
      <p className="muted">{t('ballots.castNote')}</p>
      <div className="ballot-choices">
        {[Choice.FOR, Choice.AGAINST, Choice.ABSTAIN].map((one) => (
          <Button
            key={one}
            size="large"
            aria-pressed={choice === one}
            type={choice === one ? 'primary' : 'default'}
            onClick={() => setChoice(one)}
            data-testid={`mark-${one}`}
          >
            {t(`ballots.choice.${one}`)}
          </Button>
        ))}
      </div>
      <Button
        size="large"
        block
        disabled={!choice}
        loading={cast.isPending}
        onClick={go}
        data-testid="cast"
      >
        {t('ballots.cast')}
      </Button>
      <Problem error={cast.error} />
    </>
  );
}
