// A filter as a row of links, one of them current: its state is the address.
import { Link } from 'react-router';
import { isPlainClick, useFilters } from './filters';

interface Props {
  label: string;
  param: string;
  options: { value: string; label: string }[];
  // What stands when the address says nothing; '' else.
  current?: string;
}

export function FilterLinks({ label, param, options, current: standing = '' }: Props) {
  const { params, to, choose } = useFilters();
  const current = params.get(param) ?? standing;
  return (
    <nav className="filter" aria-label={label}>
      {options.map((option) => (
        <Link
          key={option.value}
          to={to(param, option.value)}
          onClick={(event) => {
            if (!isPlainClick(event)) return;
            event.preventDefault();
            choose(param, option.value);
          }}
          className="filter-item"
          aria-current={option.value === current ? 'true' : undefined}
          data-testid={`${param}-${option.value || 'all'}`}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
