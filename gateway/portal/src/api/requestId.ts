import { useRef } from 'react';

// crypto.randomUUID exists only on https and localhost; a portal on a plain
// LAN address has getRandomValues alone.
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fingerprint(body: unknown): string {
  return JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

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
