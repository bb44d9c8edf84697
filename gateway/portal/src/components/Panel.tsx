import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}

// A titled part of a page.
export function Panel({ title, extra, children, className = '' }: Props) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}
