// The roles that can be given to a person, in the order in which they are offered,
// and what each needs to be said with it.
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';

export const grantable = [
  Role.STAFF,
  Role.LIAISON,
  Role.STREET_ADMIN,
  Role.SYSTEM_ADMIN,
  Role.SECURITY_ADMIN,
  Role.AUDIT_ADMIN,
] as const;

// The three administrators (三员).
export const isAdministrator = (role: Role) =>
  role === Role.SYSTEM_ADMIN || role === Role.SECURITY_ADMIN || role === Role.AUDIT_ADMIN;

// Whose password the system administrator may not reset, for it could be them then.
export const keepsPassword = (role: Role) => isAdministrator(role) && role !== Role.SYSTEM_ADMIN;

export const ofUnit = (role: Role) => role === Role.STAFF || role === Role.LIAISON;
export const ofAlliance = (role: Role) => ofUnit(role) || role === Role.STREET_ADMIN;

// Their names in addresses.
export const roleIn: Record<string, Role> = {
  staff: Role.STAFF,
  liaison: Role.LIAISON,
  street: Role.STREET_ADMIN,
  system: Role.SYSTEM_ADMIN,
  security: Role.SECURITY_ADMIN,
  audit: Role.AUDIT_ADMIN,
};
