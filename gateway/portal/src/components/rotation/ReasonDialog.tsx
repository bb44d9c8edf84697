// Asks why before something is done that stays on record.
import { Button, type ButtonProps, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain, fieldName } from '@/api/errors';
import { Problem } from '@/components/Problem';

interface Props {
  title: string;
  okText: string;
  // What the reader should know before.
  children?: ReactNode;
  // A reason to begin with.
  suggested?: string;
  optional?: boolean;
  danger?: boolean;
  pending: boolean;
  error: unknown;
  // Another way on, where the error has one.
  remedy?: { label: string; run: () => void } | false;
  onSend: (reason: string) => void;
  onClose: () => void;
}

export function ReasonDialog(props: Props) {
  const { title, okText, children, suggested = '', optional, danger, pending, error } = props;
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState(suggested);
  const [empty, setEmpty] = useState(false);
  const violation = error
    ? explain(error).violations.find((one) => fieldName(one.field) === 'reason')
    : undefined;
  const wrong = empty ? t('form.needed') : violation?.text;
  const go = () => {
    if (pending) return;
    if (!optional && !reason.trim()) setEmpty(true);
    else props.onSend(reason.trim());
  };
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText={t('action.cancel')}
      okButtonProps={{ danger, 'data-testid': 'reason-send' } as ButtonProps}
      confirmLoading={pending}
      onOk={go}
      onCancel={props.onClose}
      width={520}
    >
      {children}
      <div className="field">
        <label htmlFor={id}>{t(optional ? 'rotation.reasonOptional' : 'rotation.reason')}</label>
        <Input.TextArea
          id={id}
          value={reason}
          rows={2}
          maxLength={200}
          status={wrong ? 'error' : ''}
          aria-invalid={!!wrong}
          onChange={(event) => {
            setReason(event.target.value);
            setEmpty(false);
          }}
          data-testid="reason"
        />
        {wrong && <p className="field-error">{wrong}</p>}
      </div>
      {!violation && <Problem error={error} />}
      {props.remedy && (
        <Button onClick={props.remedy.run} data-testid="remedy">
          {props.remedy.label}
        </Button>
      )}
    </Modal>
  );
}
