import { useSyncExternalStore } from 'react';

const queries = new Map<string, MediaQueryList>();

function list(query: string): MediaQueryList {
  let found = queries.get(query);
  if (!found) {
    found = window.matchMedia(query);
    queries.set(query, found);
  }
  return found;
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      list(query).addEventListener('change', changed);
      return () => list(query).removeEventListener('change', changed);
    },
    () => list(query).matches,
  );
}

// Below this, cards take the place of tables and the tab bar that of the side
// navigation. styles/ has the same figure.
export function useIsPhone(): boolean {
  return useMedia('(max-width: 767px)');
}

// Whether the person asked the system that nothing moves.
export function useIsStill(): boolean {
  return useMedia('(prefers-reduced-motion: reduce)');
}
