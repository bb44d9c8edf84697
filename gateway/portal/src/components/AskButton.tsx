// A button for what can't be taken back: it asks first, and says what the act does.
import { Button, type ButtonProps, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';

interface Props {
  label: string;
  title: string;
  // What should be known before.
  children: ReactNode;
  // False: there is nothing to ask, it is done at once.
  asks?: boolean;
  // False: something has to be done before.
  ready?: boolean;
  // The id of what says why it cannot be done yet.
  barredBy?: string;
  act: { isPending: boolean; error: unknown };
  go: (done: () => void) => void;
  testId: string;
}

export function AskButton({ label, title, children, asks = true, ready = true, ...rest }: Props) {
  const { act, go, testId, barredBy } = rest;
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button
        type="primary"
        loading={act.isPending}
        disabled={!!barredBy}
        aria-describedby={barredBy}
        onClick={() => (asks ? setAsking(true) : go(close))}
        data-testid={testId}
      >
        {label}
      </Button>
      {!asking && <Problem error={act.error} />}
      <Modal
        open={asking}
        title={title}
        okText={label}
        cancelText={t('action.cancel')}
        okButtonProps={{ disabled: !ready, 'data-testid': `${testId}-yes` } as ButtonProps}
        confirmLoading={act.isPending}
        onOk={() => go(close)}
        onCancel={close}
        width={440}
      >
        {children}
        <Problem error={act.error} />
      </Modal>
    </>
  );
}
