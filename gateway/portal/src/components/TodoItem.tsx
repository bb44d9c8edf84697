// One thing that waits for the reader, as an item of the to-dos: what it is, and beside it
// what can be done at once.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Problem } from './Problem';

interface Props {
  kind: string;
  // Where it has a page.
  to?: string;
  title: string;
  facts: (string | false | undefined)[];
  note?: ReactNode;
  error?: unknown;
  wide?: boolean;
  testId?: string;
  children: ReactNode;
}

export function TodoItem(props: Props) {
  const { kind, to, title, facts, note, error, wide, testId, children } = props;
  return (
    <li className={wide ? 'todo-item todo-wide' : 'todo-item'} data-testid={testId}>
      <div className="todo-text">
        <span className="tag tag-kind">{kind}</span>
        <h3>{to ? <Link to={to}>{title}</Link> : title}</h3>
        <p className="muted">{facts.filter(Boolean).join(' · ')}</p>
        {note}
        <Problem error={error} />
      </div>
      {children}
    </li>
  );
}
