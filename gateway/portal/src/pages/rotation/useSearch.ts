import { useSearchParams } from 'react-router';

// The address's parameters, and changes of them that leave the others alone. An
// empty value takes a parameter away.
export function useSearch() {
  const [params, setParams] = useSearchParams();
  const changed = (changes: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    return next;
  };
  return {
    get: (key: string) => params.get(key) ?? '',
    all: (key: string) => params.getAll(key),
    set: (changes: Record<string, string>) => setParams(changed(changes)),
    setAll(key: string, values: readonly string[]) {
      const next = changed({ [key]: '' });
      for (const value of values) next.append(key, value);
      setParams(next);
    },
    to: (changes: Record<string, string>) => `?${changed(changes)}`,
  };
}
