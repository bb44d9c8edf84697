import { useEffect, useState } from 'react';

const LONGEST = 2 ** 31 - 1; // what a timer takes

// Whether a moment has come; drawn anew when it does.
export function useReached(at: number): boolean {
  const [, setTick] = useState(0);
  useEffect(() => {
    const left = at - Date.now();
    if (left <= 0 || left > LONGEST) return;
    const timer = setTimeout(() => setTick((n) => n + 1), left + 50);
    return () => clearTimeout(timer);
  }, [at]);
  return at <= Date.now();
}
