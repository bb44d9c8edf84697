// A secret that is shown this once: to be read, copied and put away.
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/CopyButton';
import './accounts.css';

interface Props {
  label: string;
  secret: string;
  copyLabel: string;
  // What to do with it, and that it does not come again.
  note: ReactNode;
  testId: string;
}

export function SecretOnce({ label, secret, copyLabel, note, testId }: Props) {
  return (
    <div className="secret" role="group" aria-label={label}>
      <p className="secret-label">{label}</p>
      <code className="secret-text" data-testid={testId}>
        {secret}
      </code>
      <CopyButton text={secret} label={copyLabel} testId={`${testId}-copy`} />
      <p className="muted">{note}</p>
    </div>
  );
}
