import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { NativeSelect } from '@/components/NativeSelect';
import { useCharter } from './useCharter';
import { useSearch } from './useSearch';

const YEARS = [1, 2, 3, 4, 5, 8, 10];
const MOST = 60;

interface Props {
  // There is no term yet: its first day can be chosen.
  first: boolean;
  plan: { isPending: boolean; error: unknown };
  onPlan: (count: number) => void;
  // How many terms the draft has that is there.
  planned?: number;
}

// For how long to plan. People think in years, the API counts terms.
export function PlanForm({ first, plan, onPlan, planned }: Props) {
  const { t } = useTranslation();
  const ids = [useId(), useId()];
  const search = useSearch();
  const months = useCharter().data?.rotation?.termMonths || 6;
  const spans = YEARS.map((years) => ({ years, count: Math.ceil((years * 12) / months) }));
  const choices = spans
    .filter((span) => span.count <= MOST)
    .map(({ years, count }) => ({
      value: count,
      label: t('rotation.plan.span', { years, n: count }),
    }));
  const usual = choices.find((one) => one.value === Math.ceil(24 / months)) ?? choices[0];
  const asked = Number(search.get('terms')) || planned || Number(usual?.value ?? 1);
  const count = Math.min(MOST, Math.max(1, Math.trunc(asked)));
  if (!choices.some((one) => one.value === count)) {
    choices.push({ value: count, label: t('rotation.plan.count', { count }) });
  }
  const problem = plan.error ? explain(plan.error) : null;
  return (
    <section className="panel plan-form" aria-label={t('rotation.plan.form')}>
      <div className="field">
        <label htmlFor={ids[0]}>{t('rotation.plan.howLong')}</label>
        <NativeSelect
          id={ids[0]}
          choices={choices}
          value={count}
          onChange={(event) => search.set({ terms: event.target.value })}
          data-testid="plan-terms"
        />
      </div>
      {first && (
        <div className="field">
          <label htmlFor={ids[1]}>{t('rotation.plan.firstDate')}</label>
          <Input
            id={ids[1]}
            type="date"
            value={search.get('first')}
            onChange={(event) => search.set({ first: event.target.value })}
            data-testid="plan-first"
          />
        </div>
      )}
      <Button
        type="primary"
        onClick={() => onPlan(count)}
        loading={plan.isPending}
        data-testid="plan"
      >
        {t(planned ? 'rotation.plan.again' : 'rotation.plan.start')}
      </Button>
      <p className="muted plan-hint">
        {t(first ? 'rotation.plan.firstHint' : 'rotation.plan.hint', { count: months })}
      </p>
      {problem && (
        <p className="problem" role="alert">
          {problem.violations[0]?.text || problem.text}
        </p>
      )}
    </section>
  );
}
