// A filter as a row of links, one of them current: its state is the address.
import { Link, useSearchParams } from 'react-router';

interface Props {
  label: string;
  param: string;
  options: { value: string; label: string }[];
  // What stands when the address says nothing; '' else.
  current?: string;
}

export function FilterLinks({ label, param, options, current: standing = '' }: Props) {
  const [params] = useSearchParams();
  const current = params.get(param) ?? standing;
  const to = (value: string) => {
    const next = new URLSearchParams(params);
    // A page belongs to its filters.
    next.delete('page');
    if (value) next.set(param, value);
    else next.delete(param);
    return `?${next}`;
  };
  return (
    <nav className="filter" aria-label={label}>
      {options.map((option) => (
        <Link
          key={option.value}
          to={to(option.value)}
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
