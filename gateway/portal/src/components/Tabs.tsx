// Views of one page. Links, because each has an address.
import { Link } from 'react-router';

interface Props {
  label: string;
  tabs: { to: string; label: string; current: boolean }[];
}

export function Tabs({ label, tabs }: Props) {
  return (
    <nav className="views" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          className="view"
          aria-current={tab.current ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
