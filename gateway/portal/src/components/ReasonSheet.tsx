// Asks for the reason of an act that stays on record, and says what the act does.
import { Button, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { Problem } from './Problem';
import { Sheet } from './Sheet';

interface Props {
  open: boolean;
  title: string;
  // What the act does, a sentence.
  what: string;
  // More that should be known before.
  children?: ReactNode;
  // A sensible reason to begin with.
  initial?: string;
  // It may be left out.
  optional?: boolean;
  confirm: string;
  // What else it needs is there.
  ready?: boolean;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

export function ReasonSheet({ open, title, onClose, ...rest }: Props) {
  return (
    <Sheet open={open} title={title} onClose={onClose}>
      <ReasonForm {...rest} />
    </Sheet>
  );
}

type FormProps = Omit<Props, 'open' | 'title' | 'onClose'>;

function ReasonForm({ what, children, initial = '', optional, ready = true, ...rest }: FormProps) {
  const { confirm, danger, busy, error, onConfirm } = rest;
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState(initial);
  const violation = error ? explain(error).violations[0]?.text : undefined;
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        // Or a form around the sheet would be sent too: React's events bubble through portals.
        event.stopPropagation();
        onConfirm(reason.trim());
      }}
    >
      <p>{what}</p>
      {children}
      <label htmlFor={id}>{t(optional ? 'reason.optional' : 'reason.label')}</label>
      <Input.TextArea
        id={id}
        rows={3}
        value={reason}
        maxLength={200}
        autoFocus
        aria-describedby={`${id}-note`}
        status={violation ? 'error' : ''}
        onChange={(event) => setReason(event.target.value)}
        data-testid="reason"
      />
      {violation && <p className="field-error">{violation}</p>}
      <p id={`${id}-note`} className="muted">
        {t('reason.note')}
      </p>
      <Problem error={violation ? null : error} />
      <Button
        type="primary"
        danger={danger}
        htmlType="submit"
        block
        loading={busy}
        disabled={!ready || (!optional && !reason.trim())}
        data-testid="confirm-reason"
      >
        {confirm}
      </Button>
    </form>
  );
}
