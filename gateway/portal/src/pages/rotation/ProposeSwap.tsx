// The last step of a swap: the two terms side by side, whether the rules allow
// it, and why it is asked.

import { SwapOutlined } from '@ant-design/icons';
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { explain, fieldName } from '@/api/errors';
import { newRequestId } from '@/api/requestId';
import { useAlliance } from '@/api/useAlliance';
import { Problem } from '@/components/Problem';
import { period } from '@/components/rotation/dates';
import { useAct } from '@/components/rotation/useAct';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { ms } from '@/lib/time';
import '@/components/rotation/swap.css';

interface Props {
  own: ChairTerm;
  other: ChairTerm;
  parent: string;
}

export function ProposeSwap({ own, other, parent }: Props) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const id = useId();
  const [reason, setReason] = useState('');
  const [empty, setEmpty] = useState(false);
  const [trial] = useState(newRequestId);
  // The rules may forbid it, whatever the reason: said before anything is typed.
  const check = useQuery(RotationService.method.proposeSwap, {
    parent,
    swap: { term: own.name, otherTerm: other.name, reason: t('rotation.swap.title') },
    validateOnly: true,
    requestId: trial,
  });
  const act = useAct(RotationService.method.proposeSwap, (done) =>
    t('rotation.swap.proposed', { name: done.otherMemberDisplayName || other.memberDisplayName }),
  );
  const violation =
    act.error && explain(act.error).violations.find((one) => fieldName(one.field) === 'reason');
  const wrong = empty ? t('form.needed') : violation?.text;
  const send = () => {
    if (!reason.trim()) {
      setEmpty(true);
      return;
    }
    const swap = { term: own.name, otherTerm: other.name, reason: reason.trim() };
    act.send({ parent, swap }, () => navigate('/rotation/mine'));
  };
  const side = (term: ChairTerm) => (
    <div className="swap-side">
      <strong>{term.memberDisplayName}</strong>
      <span>{period(ms(term.startTime), ms(term.endTime), zone, i18n.language)}</span>
    </div>
  );
  return (
    <div className="swap">
      <div className="swap-sides swap-sides-tall">
        {side(own)}
        <SwapOutlined aria-label={t('rotation.swap.with')} className="swap-sign" />
        {side(other)}
      </div>
      <p className="muted">{t('rotation.swap.how')}</p>
      {check.error && !act.error && <Problem error={check.error} />}
      <div className="field">
        <label htmlFor={id}>{t('rotation.swap.why')}</label>
        <Input.TextArea
          id={id}
          autoFocus
          rows={3}
          value={reason}
          maxLength={200}
          status={wrong ? 'error' : ''}
          aria-invalid={!!wrong}
          onChange={(event) => {
            setReason(event.target.value);
            setEmpty(false);
          }}
          data-testid="swap-why"
        />
        {wrong && <p className="field-error">{wrong}</p>}
      </div>
      {!violation && <Problem error={act.error} />}
      <Button
        type="primary"
        size="large"
        loading={act.isPending}
        disabled={!!check.error}
        onClick={send}
        data-testid="swap-send"
      >
        {t('rotation.swap.send')}
      </Button>
    </div>
  );
}
