// A proposed exchange of two terms, with what the reader may do about it: the
// unit that is asked accepts, the street approves, each with one click.
import { SwapOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { ReasonSheet } from '@/components/ReasonSheet';
import {
  type ChairTerm,
  type TermSwap,
  TermSwap_State,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { idOf } from '@/lib/names';
import { deadline, ms } from '@/lib/time';
import { fullDate, period } from './dates';
import { useAct } from './useAct';
import { useTerms } from './useTerms';
import './swap.css';

const OPEN = [TermSwap_State.PROPOSED, TermSwap_State.ACCEPTED];
export const isOpenSwap = (swap: TermSwap) => OPEN.includes(swap.state);

export function SwapCard({ swap }: { swap: TermSwap }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const terms = useTerms().data?.chairTerms ?? [];
  const open = isOpenSwap(swap);
  return (
    <article className="swap" data-testid="swap" data-state={TermSwap_State[swap.state]}>
      <div className="swap-sides">
        <Side name={swap.term} unit={swap.memberDisplayName} terms={terms} />
        <SwapOutlined aria-label={t('rotation.swap.with')} className="swap-sign" />
        <Side name={swap.otherTerm} unit={swap.otherMemberDisplayName} terms={terms} />
      </div>
      <p className="swap-said">
        <span className={`tag ${open ? 'tag-applied' : stateTag[swap.state]}`}>
          {t(`rotation.swap.state.${swap.state}`)}
        </span>
        <span>{t('rotation.swap.because', { why: swap.reason })}</span>
        {swap.stateReason && swap.stateReason !== swap.reason && (
          <span>{t('rotation.swap.answerWas', { why: swap.stateReason })}</span>
        )}
        <span className="muted">
          {open && swap.expireTime
            ? t('rotation.swap.expires', {
                date: deadline(ms(swap.expireTime), zone, i18n.language),
              })
            : t('rotation.swap.asked', {
                date: fullDate(ms(swap.createTime), zone, i18n.language),
              })}
        </span>
      </p>
      <SwapActs swap={swap} />
    </article>
  );
}

const stateTag: Partial<Record<TermSwap_State, string>> = {
  [TermSwap_State.APPROVED]: 'tag-confirmed',
};

function Side({ name, unit, terms }: { name: string; unit: string; terms: ChairTerm[] }) {
  const { i18n } = useTranslation();
  const { zone } = useAlliance();
  const term = terms.find((one) => one.name === name);
  return (
    <div className="swap-side">
      <strong>{unit}</strong>
      <Link to={`/rotation?term=${idOf(name)}`}>
        {term ? period(ms(term.startTime), ms(term.endTime), zone, i18n.language) : idOf(name)}
      </Link>
    </div>
  );
}

function SwapActs({ swap }: { swap: TermSwap }) {
  const { isLiaison, isStreet, member } = useWork();
  if (isLiaison && member === swap.otherMember && swap.state === TermSwap_State.PROPOSED) {
    return <Answer swap={swap} />;
  }
  if (isLiaison && member === swap.member && isOpenSwap(swap)) return <Withdraw swap={swap} />;
  if (swap.state === TermSwap_State.ACCEPTED && isStreet) return <Decide swap={swap} />;
  return null;
}

function Answer({ swap }: { swap: TermSwap }) {
  const { t } = useTranslation();
  const [declining, setDeclining] = useState(false);
  const answer = useAct(RotationService.method.answerSwap, (done) =>
    t(done.state === TermSwap_State.ACCEPTED ? 'rotation.swap.accepted' : 'rotation.swap.declined'),
  );
  return (
    <div className="swap-acts">
      <Button
        type="primary"
        loading={answer.isPending && !declining}
        onClick={() => answer.send({ name: swap.name, accept: true })}
        data-testid="swap-accept"
      >
        {t('rotation.swap.accept')}
      </Button>
      <Button onClick={() => setDeclining(true)} data-testid="swap-decline">
        {t('rotation.swap.decline')}
      </Button>
      {!declining && answer.error && <p className="problem">{explain(answer.error).text}</p>}
      <ReasonSheet
        open={declining}
        title={t('rotation.swap.declineTitle', { name: swap.memberDisplayName })}
        what={t('rotation.swap.declineWhat')}
        confirm={t('rotation.swap.decline')}
        optional
        busy={answer.isPending}
        error={answer.error}
        onConfirm={(reason) =>
          answer.send({ name: swap.name, accept: false, reason }, () => setDeclining(false))
        }
        onClose={() => setDeclining(false)}
      />
    </div>
  );
}

function Withdraw({ swap }: { swap: TermSwap }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const answer = useAct(RotationService.method.answerSwap, () => t('rotation.swap.withdrawn'));
  return (
    <div className="swap-acts">
      <Button onClick={() => setAsking(true)} data-testid="swap-withdraw">
        {t('rotation.swap.withdraw')}
      </Button>
      <ReasonSheet
        open={asking}
        title={t('rotation.swap.withdrawTitle')}
        what={t('rotation.swap.withdrawWhat')}
        confirm={t('rotation.swap.withdraw')}
        optional
        busy={answer.isPending}
        error={answer.error}
        onConfirm={(reason) =>
          answer.send({ name: swap.name, accept: false, reason }, () => setAsking(false))
        }
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

// The reason stays on record: a sensible one is in place and can be changed first.
function Decide({ swap }: { swap: TermSwap }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState(false);
  const decide = useAct(RotationService.method.approveSwap, (done) =>
    t(done.state === TermSwap_State.APPROVED ? 'rotation.swap.approved' : 'rotation.swap.rejected'),
  );
  const reason = typed ?? t('rotation.swap.approveReason');
  return (
    <div className="swap-acts approve-line">
      <label htmlFor={id}>{t('rotation.reason')}</label>
      <Input.TextArea
        rows={1}
        id={id}
        value={reason}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        data-testid="swap-reason"
      />
      <Button
        type="primary"
        loading={decide.isPending && !rejecting}
        disabled={!reason.trim()}
        onClick={() => decide.send({ name: swap.name, reason: reason.trim() })}
        data-testid="swap-approve"
      >
        {t('rotation.swap.approve')}
      </Button>
      <Button onClick={() => setRejecting(true)} data-testid="swap-reject">
        {t('rotation.swap.reject')}
      </Button>
      {!rejecting && decide.error && <p className="problem">{explain(decide.error).text}</p>}
      <ReasonSheet
        open={rejecting}
        title={t('rotation.swap.rejectTitle')}
        what={t('rotation.swap.rejectWhat')}
        confirm={t('rotation.swap.reject')}
        danger
        busy={decide.isPending}
        error={decide.error}
        onConfirm={(why) =>
          decide.send({ name: swap.name, reject: true, reason: why }, () => setRejecting(false))
        }
        onClose={() => setRejecting(false)}
      />
    </div>
  );
}
