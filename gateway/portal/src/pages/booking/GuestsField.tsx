import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

// Names as people write them in one line.
export function guestsIn(text: string): string[] {
  return text
    .split(/[,，、;；\n]+/)
    .map((name) => name.trim())
    .filter(Boolean);
}

interface Props {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export function GuestsField({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={`${id}-guests`}>{t('menus.guests')}</label>
      <Input
        id={`${id}-guests`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        status={error ? 'error' : ''}
        aria-invalid={!!error}
        aria-describedby={`${id}-guests-note`}
        data-testid="guests"
      />
      <p id={`${id}-guests-note`} className={error ? 'field-error' : 'muted'}>
        {error ?? t('menus.guestsHint')}
      </p>
    </div>
  );
}
