import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  value: string;
  // What is wrong with it, as it is told.
  error: string | undefined;
  onChange: (value: string) => void;
}

export function PlateField({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={`${id}-plate`}>{t('booking.plate')}</label>
      <Input
        id={`${id}-plate`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={12}
        status={error ? 'error' : ''}
        aria-invalid={!!error}
        aria-describedby={`${id}-plate-note`}
        data-testid="plate"
      />
      <p id={`${id}-plate-note`} className={error ? 'field-error' : 'muted'}>
        {error ?? t('booking.plateHint')}
      </p>
    </div>
  );
}
