import { useRef } from 'react';

// crypto.randomUUID exists only on https and localhost; a portal on a plain
// LAN address has getRandomValues alone.
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The same for bodies that say the same.
export function fingerprint(body: unknown): string {
  return JSON.stringify(body, (_, value) => {
    if (typeof value === 'bigint') return `${value}n`;
    // A letter a byte: a file as a list of numbers takes seconds.
    if (value instanceof Uint8Array) return letters.decode(value);
    return value;
  });
}

const letters = new TextDecoder('latin1');

// One id per intent: the same body keeps its id through every retry until it
// went through; a changed body is another intent, as the server insists.
export function useRequestId() {
  const intent = useRef<{ body: string; id: string } | null>(null);
  return {
    idFor(body: unknown): string {
      const key = fingerprint(body);
      if (intent.current?.body !== key) intent.current = { body: key, id: newRequestId() };
      return intent.current.id;
    },
    done(): void {
      intent.current = null;
    },
  };
}
