// Decides on an applicant. To admit takes one click: the reason stays on record,
// so it is shown with a sensible one in place, and can be changed first. To refuse
// asks why.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { ActButton } from './ActButton';
import { useAct } from './acts';

export function Decide({ member }: { member: Member }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const { go, busy, error } = useAct('approve', member);
  const reason = typed ?? t('members.approveReason');
  const said = error && explain(error);
  return (
    <div className="approve">
      <div className="approve-line">
        <label htmlFor={id}>{t('members.reason')}</label>
        <Input.TextArea
          rows={1}
          id={id}
          value={reason}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
          status={said ? 'error' : ''}
          data-testid="approve-reason"
        />
        <Button
          type="primary"
          loading={busy}
          disabled={!reason.trim()}
          onClick={() => go(reason.trim())}
          data-testid="approve"
        >
          {t('members.act.approve.name')}
        </Button>
        <ActButton act="reject" member={member} />
      </div>
      {said && (
        <p className="problem" role="alert">
          {said.violations[0]?.text || said.text}
        </p>
      )}
    </div>
  );
}
