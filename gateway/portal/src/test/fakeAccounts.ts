// The accounts of an installation in memory, for tests: answers by the contract as
// far as the tests look, and records what it was asked.
import { create } from '@bufbuild/protobuf';
import { anyPack, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Code, type ConnectError, createRouterTransport } from '@connectrpc/connect';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import {
  AuthService,
  type ChangePasswordRequest,
  SessionSchema,
} from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { CalendarService } from '@/gen/jinhuan/alliance/v1/calendar_service_pb';
import { JournalService } from '@/gen/jinhuan/alliance/v1/journal_service_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import {
  type CreateUserRequest,
  type GrantRoleRequest,
  type ListUsersRequest,
  type RotateServiceAccountSecretRequest,
  type ServiceAccount,
  ServiceAccount_State,
  ServiceAccountSchema,
  type User,
  User_State,
  UserSchema,
  UserService,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import type { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import {
  type Entry,
  EntrySchema,
  type ListEntriesRequest,
} from '@/gen/jinhuan/journal/v1/journal_pb';
import { ALLIANCE, fakeTransport, MEMBER, newFake, refusal } from './fake';
import { overlay } from './overlay';
import { newLogKey, sealedBundle } from './sealed';

export interface FakeAccounts {
  role: Role;
  mustChange: boolean;
  users: User[];
  systems: ServiceAccount[];
  entries: Entry[];
  // Of the journal's list, what was asked for last.
  asked: ListEntriesRequest | null;
  // What signs the journal; made when it is first needed.
  log: Awaited<ReturnType<typeof newLogKey>> | null;
  sessions: string[];
  // False: the reader may list neither alliances nor units.
  mayList: boolean;
  calendarPath: string | null;
  // What the next write refuses with.
  refusals: ConnectError[];
  created: CreateUserRequest[];
  listed: ListUsersRequest[];
  changed: ChangePasswordRequest[];
  granted: GrantRoleRequest[];
  rotated: RotateServiceAccountSecretRequest[];
  scopes: string[][];
  acts: { act: string; name: string; reason: string }[];
  revoked: string[];
}

export function newFakeAccounts(role: Role): FakeAccounts {
  return {
    role,
    mustChange: false,
    users: [],
    systems: [],
    entries: [],
    asked: null,
    log: null,
    sessions: ['here', 'there'],
    mayList: true,
    calendarPath: null,
    refusals: [],
    created: [],
    listed: [],
    changed: [],
    granted: [],
    rotated: [],
    scopes: [],
    acts: [],
    revoked: [],
  };
}

export const person = (id: string, more: object = {}) =>
  create(UserSchema, {
    name: `users/${id}`,
    login: id,
    displayName: `title of ${id}`,
    state: User_State.ACTIVE,
    etag: 'e1',
    ...more,
  });

export const system = (id: string, more: object = {}) =>
  create(ServiceAccountSchema, {
    name: `serviceAccounts/${id}`,
    displayName: `system ${id}`,
    alliance: ALLIANCE,
    clientId: `client-${id}`,
    state: ServiceAccount_State.ACTIVE,
    ...more,
  });

export const entry = (number: number, before: User, after: User) =>
  create(EntrySchema, {
    number: BigInt(number),
    time: timestampFromMs(1_800_000_000_000),
    actor: 'users/sysadmin',
    method: 'jinhuan.alliance.v1.UserService/DisableUser',
    resource: after.name,
    before: anyPack(UserSchema, before),
    after: anyPack(UserSchema, after),
    reason: 'left',
  });

export function accountsTransport(fake: FakeAccounts) {
  const refuse = () => {
    const refused = fake.refusals.shift();
    if (refused) throw refused;
  };
  const session = () =>
    create(SessionSchema, {
      caller: {
        name: 'users/me',
        displayName: 'tester',
        grants: fake.mustChange ? [] : [{ role: fake.role }],
      },
      passwordChangeRequired: fake.mustChange,
      passwordPolicy: { profile: 'mlps', minLength: 10, minClasses: 3, text: 'zh policy' },
    });
  const userOf = (name: string) => {
    const found = fake.users.find((one) => one.name === name);
    if (!found) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
    return found;
  };
  const moved = (act: string, state: User_State) => (request: { name: string; reason: string }) => {
    refuse();
    fake.acts.push({ act, name: request.name, reason: request.reason });
    const user = userOf(request.name);
    user.state = state;
    return user;
  };
  const over = createRouterTransport(({ service }) => {
    service(AuthService, {
      getSession: session,
      changePassword(request) {
        fake.changed.push(request);
        refuse();
        fake.mustChange = false;
        return {};
      },
      listSessions: (request) => ({
        sessions: fake.sessions.map((id) => ({
          name: `${request.parent}/sessions/${id}`,
          address: '10.0.0.1',
          userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36',
          current: request.parent === 'users/me' && id === 'here',
        })),
      }),
      revokeSession(request) {
        fake.revoked.push(request.name);
        fake.sessions = ['here'];
        return { revokedCount: 1 };
      },
    });
    service(AllianceService, {
      listAlliances: () => ({
        alliances: fake.mayList ? [{ name: ALLIANCE, displayName: 'alliance' }] : [],
      }),
    });
    service(MemberService, {
      listMembers() {
        if (!fake.mayList) throw refusal(Code.PermissionDenied, 'ROLE_REQUIRED', 'zh role');
        return { members: [{ name: MEMBER, displayName: 'unit one' }] };
      },
    });
    service(CalendarService, {
      getCalendarLink() {
        if (fake.calendarPath === null) {
          throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh none');
        }
        return { name: 'users/me/calendarLink' };
      },
      createCalendarLink() {
        fake.calendarPath = '/calendars/secret.ics';
        return { name: 'users/me/calendarLink', path: fake.calendarPath };
      },
      revokeCalendarLink() {
        fake.calendarPath = null;
        return {};
      },
    });
    service(JournalService, {
      // Two a page, so that whoever looks for one must turn pages.
      listEntries(request) {
        fake.asked = request;
        const all = fake.entries.filter(
          (one) =>
            (!request.resource || one.resource === request.resource) &&
            (!request.actor || one.actor === request.actor),
        );
        if (request.newestFirst) all.reverse();
        const from = Number(request.pageToken || 0);
        return {
          entries: all.slice(from, from + 2),
          nextPageToken: from + 2 < all.length ? String(from + 2) : '',
        };
      },
      async exportBundle({ firstNumber }) {
        if (firstNumber > fake.entries.length) {
          throw refusal(Code.OutOfRange, 'NUMBER_OUT_OF_RANGE', '');
        }
        fake.log ??= await newLogKey();
        return sealedBundle(fake.log, fake.entries, Number(firstNumber));
      },
    });
    service(UserService, {
      listUsers(request) {
        fake.listed.push(request);
        return { users: fake.users };
      },
      getUser: (request) => userOf(request.name),
      createUser(request) {
        fake.created.push(request);
        refuse();
        const made = person(request.user?.login ?? '', { name: 'users/new' });
        fake.users.push(made);
        return made;
      },
      disableUser: moved('disable', User_State.DISABLED),
      enableUser: moved('enable', User_State.ACTIVE),
      erasePersonalData: moved('erase', User_State.ERASED),
      resetPassword(request) {
        refuse();
        return userOf(request.name);
      },
      grantRole(request) {
        fake.granted.push(request);
        refuse();
        const user = userOf(request.name);
        if (request.grant) user.grants.push(request.grant);
        return user;
      },
      listServiceAccounts: () => ({ serviceAccounts: fake.systems }),
      rotateServiceAccountSecret(request) {
        fake.rotated.push(request);
        return { clientSecret: fake.rotated.length === 1 ? 'new-secret' : '' };
      },
      setServiceAccountScopes(request) {
        fake.scopes.push(request.scopes);
        const found = fake.systems.find((one) => one.name === request.name);
        if (!found) throw new Error(`no ${request.name}`);
        const set = { ...found, scopes: request.scopes, state: ServiceAccount_State.ACTIVE };
        fake.systems = fake.systems.map((one) => (one.name === set.name ? set : one));
        return set;
      },
      setServiceAccountCertificate({ name, certificateName }) {
        fake.systems = fake.systems.map((one) =>
          one.name === name ? { ...one, certificateName } : one,
        );
        return { name, certificateName };
      },
    });
  });
  const services = [AuthService, AllianceService, MemberService, CalendarService, JournalService];
  return overlay(fakeTransport(newFake()), over, ...services, UserService);
}
