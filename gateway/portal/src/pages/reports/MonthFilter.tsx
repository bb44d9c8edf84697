// From which month to which; the address holds both.
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFilters } from '@/components/filters';

const MONTH = /^(\d{4})-(\d{2})$/;

// A month as the API has it: a date without a day.
function monthOf(text: string | null) {
  const [, year, month] = MONTH.exec(text ?? '') ?? [];
  return year && month ? { year: Number(year), month: Number(month), day: 0 } : undefined;
}

// One end alone is a month by itself.
export function useMonths() {
  const [params] = useSearchParams();
  const first = monthOf(params.get('from')) ?? monthOf(params.get('to'));
  const last = monthOf(params.get('to')) ?? first;
  return { firstMonth: first, lastMonth: last };
}

export function MonthFilter() {
  const { t } = useTranslation();
  const { params, choose } = useFilters();
  const month = (name: 'from' | 'to') => (
    <label className="filter-select">
      <span>{t(`lending.ledger.${name}`)}</span>
      <input
        type="month"
        className="select"
        value={params.get(name) ?? ''}
        onChange={(event) => choose(name, event.target.value)}
        data-testid={`month-${name}`}
      />
    </label>
  );
  return (
    <>
      {month('from')}
      {month('to')}
    </>
  );
}
