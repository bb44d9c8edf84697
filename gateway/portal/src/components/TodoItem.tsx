// One thing that waits for the reader, as an item of the to-dos: what it is, and beside it
// what can be done at once.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Problem } from './Problem';

interface Props {
  kind: string;
  to: string;
  title: string;
  facts: (string | false | undefined)[];
  error?: unknown;
  wide?: boolean;
  testId?: string;
  children: ReactNode;
}

export function TodoItem({ kind, to, title, facts, error, wide, testId, children }: Props) {
  return (
    <li className={wide ? 'todo-item todo-wide' : 'todo-item'} data-testid={testId}>
      <div className="todo-text">
        <span className="tag tag-kind">{kind}</span>
        <h3>
          <Link to={to}>{title}</Link>
        </h3>
        <p className="muted">{facts.filter(Boolean).join(' · ')}</p>
        <Problem error={error} />
      </div>
      {children}
    </li>
  );
}
