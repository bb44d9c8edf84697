// What the reader's unit may do about a match now; the street acts for one of the two.
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type Match, Match_State } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { ms } from '@/lib/time';
import { AgreeSheet } from './AgreeSheet';
import { RateSheet } from './RateSheet';
import { useAct } from './useAct';
import { useListing } from './useListings';
import { useUnitName } from './useUnitName';
import './exchange.css';

interface Props {
  match: Match;
  // In the to-dos: what can be decided with one click, and nothing else.
  quick?: boolean;
}

export function MatchActs({ match, quick }: Props) {
  const { t } = useTranslation();
  const { member: own, isLiaison, isStreet } = useWork();
  const unitName = useUnitName();
  const [chosen, setChosen] = useState('');
  const streetFor = chosen || match.awaits || match.claimant;
  const member = isStreet && !quick ? streetFor : own;
  const acts = isLiaison || (isStreet && !quick);
  const id = useId();
  const [asking, setAsking] = useState<'agree' | 'rate' | 'withdraw' | null>(null);
  const published = acts && match.publisher === member;
  const party = published || (acts && match.claimant === member);
  const claimed = match.state === Match_State.CLAIMED;
  const awaited = match.awaits === member;
  const listing = useListing(
    match.publisher === match.taker ? match.need : match.offer,
    published && claimed,
  );
  const agree = useAct(ExchangeService.method.agreeMatch, () => t('exchange.agree.done'));
  const complete = useAct(ExchangeService.method.completeMatch, (after) =>
    t(after.state === Match_State.COMPLETED ? 'exchange.complete.both' : 'exchange.complete.one'),
  );
  const withdraw = useAct(ExchangeService.method.withdrawMatch, () => t('exchange.withdraw.done'));
  if (!party) return null;

  const mayEnd =
    match.state === Match_State.AGREED || (match.state === Match_State.DELIVERED && awaited);
  const mayComplete = mayEnd && ms(match.terms?.startTime) <= Date.now();
  const mayWithdraw = claimed || mayEnd;
  const rated = match.giver === member ? match.giverRating : match.takerRating;
  const mayRate = match.state === Match_State.COMPLETED && !rated;
  // As it was published and claimed, without asking further.
  const agreeAtOnce = () => {
    const timed = listing.listing?.startTime && listing.listing.endTime;
    const terms = {
      description: match.title,
      startTime: timed ? listing.listing?.startTime : undefined,
      endTime: timed ? listing.listing?.endTime : undefined,
    };
    agree.send({ name: match.name, member, terms });
  };
  const verb = claimed ? (published ? 'decline' : 'takeBack') : awaited ? 'deny' : 'callOff';
  return (
    <div>
      {member !== own && (
        <div className="field">
          <label htmlFor={id}>{t('lending.actFor')}</label>
          <NativeSelect
            id={id}
            value={member}
            choices={[match.publisher, match.claimant].map((value) => ({
              value,
              label: unitName(value),
            }))}
            onChange={(event) => setChosen(event.target.value)}
            data-testid="act-for"
          />
        </div>
      )}
      <div className="match-acts">
        {claimed && published && quick && (
          <Button
            type="primary"
            loading={agree.isPending}
            disabled={listing.isPending}
            onClick={agreeAtOnce}
            data-testid="match-agree-now"
          >
            {t('exchange.agree.now')}
          </Button>
        )}
        {claimed && published && (
          <Button
            type={quick ? 'default' : 'primary'}
            disabled={listing.isPending}
            onClick={() => setAsking('agree')}
            data-testid="match-agree"
          >
            {t('exchange.agree.terms')}
          </Button>
        )}
        {mayComplete && (
          <Button
            type="primary"
            loading={complete.isPending}
            onClick={() => complete.send({ name: match.name, member })}
            data-testid="match-complete"
          >
            {t(awaited ? 'exchange.complete.confirm' : 'exchange.complete.say')}
          </Button>
        )}
        {mayRate && (
          <Button type="primary" onClick={() => setAsking('rate')} data-testid="match-rate">
            {t('exchange.rate.go')}
          </Button>
        )}
        {mayWithdraw && (
          <Button onClick={() => setAsking('withdraw')} data-testid="match-withdraw">
            {t(`exchange.withdraw.${verb}`)}
          </Button>
        )}
      </div>
      {(agree.error || complete.error) && <Problem error={agree.error ?? complete.error} />}
      <AgreeSheet
        match={match}
        listing={listing.listing}
        open={asking === 'agree'}
        onClose={() => setAsking(null)}
      />
      <RateSheet
        match={match}
        member={member}
        open={asking === 'rate'}
        onClose={() => setAsking(null)}
      />
      <ReasonSheet
        open={asking === 'withdraw'}
        title={t(`exchange.withdraw.${verb}`)}
        what={t('exchange.withdraw.what')}
        confirm={t(`exchange.withdraw.${verb}`)}
        danger
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) =>
          withdraw.send({ name: match.name, member, reason }, () => setAsking(null))
        }
        onClose={() => setAsking(null)}
      />
    </div>
  );
}
