import { Link } from 'react-router';

interface Props {
  label: string;
  value: number | string | undefined;
  to: string;
}

// A number that opens what it counts.
export function Figure({ label, value, to }: Props) {
  const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return (
    <Link to={to} className="figure">
      <span className="figure-label">{label}</span>
      <span className="figure-value">{shown ?? '…'}</span>
    </Link>
  );
}
