// A scope is one alliance and, for people of a unit, one unit: what the pages
// are about. Most people have one; the others switch.
import { useSyncExternalStore } from 'react';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import type { Grant } from '@/gen/jinhuan/auth/v1/caller_pb';

export interface Scope {
  alliance: string;
  // '' for the street, which acts for no unit.
  member: string;
  memberDisplayName: string;
  roles: ReadonlySet<Role>;
}

export function scopesOf(grants: readonly Grant[]): Scope[] {
  const found = new Map<string, Scope & { roles: Set<Role> }>();
  for (const grant of grants) {
    if (!grant.alliance) continue;
    const key = `${grant.alliance} ${grant.member}`;
    const scope = found.get(key) ?? {
      alliance: grant.alliance,
      member: grant.member,
      memberDisplayName: grant.memberDisplayName,
      roles: new Set<Role>(),
    };
    scope.roles.add(grant.role);
    found.set(key, scope);
  }
  return [...found.values()];
}

// The roles that belong to the installation and not to an alliance.
export function officesOf(grants: readonly Grant[]): Role[] {
  const offices = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN];
  return offices.filter((role) => grants.some((grant) => grant.role === role));
}

export const scopeKey = (scope: Scope) => `${scope.alliance} ${scope.member}`;

const KEY = 'jinhuan.scope';
const listeners = new Set<() => void>();
let chosen = readChosen();

function readChosen(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function chooseScope(key: string): void {
  chosen = key;
  try {
    localStorage.setItem(KEY, key);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useChosenScope(scopes: readonly Scope[]): Scope | undefined {
  const key = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
  return scopes.find((scope) => scopeKey(scope) === key) ?? scopes[0];
}
