// A panel of labelled facts; one that is missing shows a dash.
import type { ReactNode } from 'react';
import { Panel } from './Panel';

export type Fact = [label: string, value: ReactNode];

interface Props {
  title: string;
  facts: Fact[];
  children?: ReactNode;
}

export function Facts({ title, facts, children }: Props) {
  return (
    <Panel title={title}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
      {children}
    </Panel>
  );
}
