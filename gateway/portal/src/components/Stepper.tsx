// A small number with a button to either side, large enough for a thumb.
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  shown: string;
  onChange: (value: number) => void;
  testId: string;
}

export function Stepper({ label, value, min, max, shown, onChange, testId }: Props) {
  const { t } = useTranslation();
  return (
    <div className="stepper" role="group" aria-label={label} data-testid={testId}>
      <button
        type="button"
        disabled={value <= min}
        aria-label={t('action.less', { what: label })}
        onClick={() => onChange(value - 1)}
      >
        <span aria-hidden="true">−</span>
      </button>
      <output aria-live="polite">{shown}</output>
      <button
        type="button"
        disabled={value >= max}
        aria-label={t('action.more', { what: label })}
        onClick={() => onChange(value + 1)}
      >
        <span aria-hidden="true">+</span>
      </button>
    </div>
  );
}
