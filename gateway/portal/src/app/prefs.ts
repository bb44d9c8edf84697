// What this browser remembers of its reader: language, elder mode, darkness.
// Applied to <html> so that plain CSS follows.
import { useSyncExternalStore } from 'react';
import { type Language, switchLanguage } from '@/i18n';

export interface Prefs {
  language: Language;
  elder: boolean;
  dark: boolean;
}

const KEY = 'jinhuan.prefs';

function read(): Prefs {
  const prefs: Prefs = {
    language: 'zh-CN',
    elder: false,
    dark: window.matchMedia('(prefers-color-scheme: dark)').matches,
  };
  try {
    return { ...prefs, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return prefs;
  }
}

let current = read();
const listeners = new Set<() => void>();

function apply(): void {
  const { dataset } = document.documentElement;
  dataset.theme = current.dark ? 'dark' : 'light';
  dataset.elder = String(current.elder);
  document.documentElement.style.colorScheme = current.dark ? 'dark' : 'light';
}

export async function initPrefs(): Promise<void> {
  apply();
  await switchLanguage(current.language);
}

export async function setPrefs(change: Partial<Prefs>): Promise<void> {
  current = { ...current, ...change };
  apply();
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
  if (change.language) await switchLanguage(change.language);
  for (const listener of listeners) listener();
}

export function usePrefs(): Prefs {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
