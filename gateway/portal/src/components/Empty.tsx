// An empty list says why it is empty and offers one thing to do.
import type { ReactNode } from 'react';

export function Empty({ why, action }: { why: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 64 40" aria-hidden="true" focusable="false">
        <path d="M12 30a20 20 0 0 1 40 0" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M4 30h56" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        <path d="M24 36h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <p>{why}</p>
      {action}
    </div>
  );
}
