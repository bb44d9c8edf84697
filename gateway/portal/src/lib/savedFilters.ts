// Filters that a reader gave a name, kept by this browser, a list for each page.
import { useSyncExternalStore } from 'react';

export interface SavedFilter {
  name: string;
  // As in the address: sorted, without the page.
  search: string;
}

const MOST = 12;
const listeners = new Set<() => void>();
const known = new Map<string, { text: string; list: SavedFilter[] }>();

const keyOf = (page: string) => `jinhuan.filters.${page}`;

// What an address says of filters, in one spelling.
export function canonical(params: URLSearchParams, names: readonly string[]): string {
  const kept = new URLSearchParams();
  for (const name of [...names].sort()) {
    const value = params.get(name);
    if (value) kept.set(name, value);
  }
  return kept.toString();
}

function isSaved(one: unknown): one is SavedFilter {
  const { name, search } = (one ?? {}) as Partial<SavedFilter>;
  return typeof name === 'string' && typeof search === 'string';
}

// The same list as long as nothing changed, as useSyncExternalStore asks.
function read(page: string): SavedFilter[] {
  let text = '[]';
  try {
    text = localStorage.getItem(keyOf(page)) ?? '[]';
  } catch {
    // Storage is off: what was saved lasts as long as the page.
    return known.get(page)?.list ?? write(page, []);
  }
  const last = known.get(page);
  if (last?.text === text) return last.list;
  let list: SavedFilter[] = [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) list = parsed.filter(isSaved).slice(0, MOST);
  } catch {
    // Not ours: as if nothing had been saved.
  }
  known.set(page, { text, list });
  return list;
}

function write(page: string, list: SavedFilter[]): SavedFilter[] {
  const text = JSON.stringify(list);
  known.set(page, { text, list });
  try {
    localStorage.setItem(keyOf(page), text);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
  return list;
}

export function useSavedFilters(page: string) {
  const list = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      window.addEventListener('storage', changed);
      return () => {
        listeners.delete(changed);
        window.removeEventListener('storage', changed);
      };
    },
    () => read(page),
  );
  return {
    list,
    full: list.length >= MOST,
    // One of the same name or the same filters gives way.
    save(name: string, search: string): void {
      const rest = list.filter((one) => one.name !== name && one.search !== search);
      write(page, [...rest, { name, search }]);
    },
    remove(name: string): void {
      write(
        page,
        list.filter((one) => one.name !== name),
      );
    },
  };
}
