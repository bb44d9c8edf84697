// The mark: a golden ring of one stroke around a smaller one, closed by a bead.
import { useId } from 'react';

export function Ring() {
  const gold = useId();
  return (
    <svg className="ring" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={gold} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ffe9a8" />
          <stop offset=".5" stopColor="#f0bd4a" />
          <stop offset="1" stopColor="#c98a12" />
        </linearGradient>
      </defs>
      <g fill="none" stroke={`url(#${gold})`}>
        <path d="M24 5a19 19 0 1 1-13.44 5.56" strokeWidth="5.5" strokeLinecap="round" />
        <circle cx="24" cy="24" r="8.5" strokeWidth="3.5" />
      </g>
      <circle cx="15.4" cy="7.3" r="3.2" fill="#ffe9a8" />
    </svg>
  );
}
