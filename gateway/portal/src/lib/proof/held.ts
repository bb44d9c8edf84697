// What this browser saw of each journal before: the key it trusts since then, and the
// largest checkpoint that was found good. A journal that was rewritten can't continue it.
import type { Held } from './check';

const place = (service: string) => `jinhuan.journal.${service}`;

export function heldOf(service: string): Held | undefined {
  try {
    const held = JSON.parse(localStorage.getItem(place(service)) ?? 'null');
    return typeof held?.key === 'string' && typeof held.note === 'string' ? held : undefined;
  } catch {
    return undefined;
  }
}

// Where a browser keeps nothing, every check is its first.
export function hold(service: string, held: Held): void {
  try {
    localStorage.setItem(place(service), JSON.stringify(held));
  } catch {}
}

// Begins anew: where the key was changed for a reason that is known.
export function letGo(service: string): void {
  localStorage.removeItem(place(service));
}
