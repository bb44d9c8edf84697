// Who is signed in, for every page below.
import { createContext, type ReactNode, use, useMemo } from 'react';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import type { Caller } from '@/gen/jinhuan/auth/v1/caller_pb';
import { officesOf, type Scope, scopesOf, useChosenScope } from './scope';

export interface SessionValue {
  caller: Caller;
  scopes: Scope[];
  // Absent for the three administrators, who work for the installation.
  scope: Scope | undefined;
  offices: Role[];
}

const SessionContext = createContext<SessionValue | null>(null);

export function SessionProvider({ caller, children }: { caller: Caller; children: ReactNode }) {
  const scopes = useMemo(() => scopesOf(caller.grants), [caller]);
  const scope = useChosenScope(scopes);
  const value = useMemo(
    () => ({ caller, scopes, scope, offices: officesOf(caller.grants) }),
    [caller, scopes, scope],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = use(SessionContext);
  if (!value) throw new Error('useSession outside of SessionProvider');
  return value;
}

export interface Work extends Scope {
  isStaff: boolean;
  isLiaison: boolean;
  isStreet: boolean;
  // Its unit holds the chair now.
  isChair: boolean;
}

// The scope, for pages that only exist within one.
export function useWork(): Work {
  const { scope } = useSession();
  if (!scope) throw new Error('useWork outside of an alliance');
  return useMemo(
    () => ({
      ...scope,
      isStaff: scope.roles.has(Role.STAFF),
      isLiaison: scope.roles.has(Role.LIAISON),
      isStreet: scope.roles.has(Role.STREET_ADMIN),
      isChair: scope.roles.has(Role.CHAIR),
    }),
    [scope],
  );
}
