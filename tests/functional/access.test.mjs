// The authorisation matrix, made from what the protos declare: every method, every
// kind of caller, in the own and in another alliance, over HTTP and native gRPC.
// One test is one method; it lists every cell that is not as declared.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { create, getOption } from '@bufbuild/protobuf';
import { access, Relation, Role } from '../gen/jinhuan/auth/v1/access_pb.js';
import { ConnectError, connectTransport, createClient, explain, grpcTransport } from '../lib/grpc.mjs';
import { PASSWORD, person } from '../lib/alliances.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

// Who calls: the demo's account of that role, but for the liaison of the unit that
// holds the chair, and one of another unit than the request names.
const KINDS = [
  'ANONYMOUS',
  'STAFF',
  'LIAISON',
  'CHAIR',
  'SIBLING',
  'STREET_ADMIN',
  'SYSTEM_ADMIN',
  'SECURITY_ADMIN',
  'AUDIT_ADMIN',
  'SYSTEM',
];
const FOREIGN = 'alliances/other';
// Reasons by which the access check, and nothing else, refuses.
const DENIALS = ['SIGN_IN_REQUIRED', 'ROLE_REQUIRED'];

// All services of the API, from the generated code; what the conformance tests call is none.
const folder = new URL('../gen/jinhuan/', import.meta.url);
const files = readdirSync(folder, { recursive: true }).filter(
  (name) => name.endsWith('_service_pb.js') && !name.startsWith('conformance/'),
);
const modules = await Promise.all(files.map((name) => import(new URL(name, folder))));
const services = modules.flatMap((module) =>
  Object.values(module).filter((value) => value?.kind === 'service'),
);

let suite;
let tokens;
let other; // the name of an account that is none of the callers
const accounts = {}; // by kind: login, password, role, member
const roles = {}; // by kind: what its tokens say
before(async () => {
  suite = await Suite.start('access');
  const system = await suite.as('SYSTEM_ADMIN');
  await system.call('alliance.v1.AllianceService/CreateAlliance', {
    allianceId: 'other',
    alliance: { displayName: '另一联盟' },
    requestId: once(),
  });
  await findAccounts();
  tokens = await freshTokens();
});
after(() => suite?.end());

async function findAccounts() {
  for (const kind of KINDS) accounts[kind] = suite.account(kind);
  for (const kind of KINDS) roles[kind] = kind === 'ANONYMOUS' ? [] : [kind];
  const { alliance } = suite.demo;
  const street = await suite.as('STREET_ADMIN');
  const acting = await street.call('alliance.v1.RotationService/GetActingChair', { parent: alliance });
  const { members } = await street.call('alliance.v1.MemberService/ListMembers', {
    parent: alliance,
    state: 'STATE_ACTIVE',
    pageSize: 100,
  });
  const taken = [acting.member, accounts.LIAISON.member, accounts.STAFF.member];
  const units = { CHAIR: acting.member, SIBLING: members.find(({ name }) => !taken.includes(name)).name };
  for (const [kind, member] of Object.entries(units)) {
    const { login } = await person(suite, 'LIAISON', { alliance, member });
    accounts[kind] = { login, password: PASSWORD, member };
  }
  roles.SIBLING = ['LIAISON'];
  roles.CHAIR = ['LIAISON', 'CHAIR'];
  if (accounts.LIAISON.member === acting.member) roles.LIAISON = roles.CHAIR;
  const chair = await suite.signIn(accounts.CHAIR.login, PASSWORD);
  const { caller } = await chair.call('alliance.v1.AuthService/GetSession');
  assert.ok(caller.grants.some(({ role }) => role === 'ROLE_CHAIR'), 'the chair has no right of the chair');

  const system = await suite.as('SYSTEM_ADMIN');
  const user = { login: 'nobody-of-these', displayName: '另一人', phone: '13812341234' };
  other = (
    await system.call('alliance.v1.UserService/CreateUser', { user, password: PASSWORD, requestId: once() })
  ).name;
}

async function freshTokens() {
  const signIn = (kind) => (kind === 'ANONYMOUS' ? undefined : suite.token(accounts[kind]));
  return Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, await signIn(kind)])));
}

// The request that names something in `alliance` in the field by which the method
// is authorised; `placed` tells whether it has one. A member is the caller's own
// unit, which is as near as a resource can be, and the liaison's for its sibling:
// `unit` tells that one is named. A user is always another person (`person`).
function requestFor(method, rules, alliance, kind) {
  const names = method.input.fields.map(({ name }) => name);
  const path = rules.resourceField || ['name', 'parent'].find((field) => names.includes(field));
  const request = create(method.input);
  if (!path) return { request, placed: false };
  const service = method.parent.typeName;
  const [first, second] = path.split('.');
  let holder = request;
  if (second) {
    const part = method.input.fields.find(({ name }) => name === first);
    holder = create(part.message);
    request[part.localName] = holder;
  }
  const field = second ?? first;
  if (/\.(User|Auth)Service$/.test(service)) {
    if (/ServiceAccount/.test(method.name)) {
      holder[field] = 'serviceAccounts/none';
      return { request, placed: false };
    }
    holder[field] = /Session$/.test(method.name) ? `${other}/sessions/-` : other;
    // What is refused without a reason would not tell whom it is refused to.
    if (rules.signedIn && names.includes('reason')) request.reason = '试验';
    return { request, placed: false, person: true };
  }
  const unit = alliance === FOREIGN ? `${alliance}/members/none` : unitOf(kind);
  const isMember = service.endsWith('MemberService');
  const whole = service.endsWith('AllianceService') || (field !== 'name' && !/Windows?$|Invitations$/.test(method.name));
  holder[field] = whole ? alliance : isMember ? unit : `${alliance}/things/none`;
  return { request, placed: true, unit: isMember && !whole };
}

const unitOf = (kind) => (kind !== 'SIBLING' && accounts[kind]?.member) || accounts.LIAISON.member;

// Whether the declaration lets `kind` in. What anyone may do with its own account,
// the system administrator may do with anyone's.
function declared(rules, kind, { foreign, unit, person }) {
  if (rules.public) return true;
  if (kind === 'ANONYMOUS') return false;
  if (rules.signedIn) return !person || kind === 'SYSTEM_ADMIN';
  const needed = foreign ? Relation.ANY : kind === 'SIBLING' && unit ? Relation.OWN_ALLIANCE : Relation.SELF;
  return rules.allow.some(({ role, relation }) => roles[kind].includes(Role[role]) && relation >= needed);
}

// What happens: undefined when the call is answered, else its error.
async function outcome(transport, service, method, request) {
  const client = createClient(service, transport);
  const stop = new AbortController();
  try {
    if (method.methodKind === 'unary') {
      await client[method.localName](request);
    } else {
      // The stream is open once its first message came.
      for await (const _ of client[method.localName](request, { signal: stop.signal })) break;
    }
    return undefined;
  } catch (error) {
    return explain(ConnectError.from(error));
  } finally {
    stop.abort();
  }
}

// What is wrong with an outcome, by the rule: undefined for nothing.
function judge(error, allowed, { kind, foreign, placed, person, routed }) {
  const reason = error?.reason;
  if (!routed) return reason === 'METHOD_UNKNOWN' ? undefined : `is reachable: ${reason}`;
  if (allowed && person && reason === 'RESOURCE_NOT_FOUND') return 'does not reach an account that is there';
  if (allowed) return DENIALS.includes(reason) ? `is refused: ${reason}` : undefined;
  if (kind === 'ANONYMOUS') return reason === 'SIGN_IN_REQUIRED' ? undefined : `gets ${reason}`;
  if (reason === 'ROLE_REQUIRED') return undefined;
  // Where the caller is nobody, the alliance looks as if it did not exist; so does
  // another person's account.
  if ((placed || person) && reason === 'RESOURCE_NOT_FOUND') return undefined;
  return `${foreign ? 'reaches' : 'gets'} ${reason ?? 'an answer'}`;
}

// One for each token: each native transport has a connection of its own, and one address may
// have so many and no more.
const transports = new Map();
function transportFor(transportOf, token) {
  const key = `${transportOf.name} ${token}`;
  if (!transports.has(key)) transports.set(key, transportOf(suite, token));
  return transports.get(key);
}

for (const service of services) {
  for (const method of service.methods) {
    test(`${service.typeName}/${method.name}`, async () => {
      const rules = getOption(method, access);
      assert.ok(rules.public || rules.signedIn || rules.allow.length > 0, 'declares no access');
      const routed = !service.typeName.startsWith('jinhuan.auth.');
      const wrong = [];
      // Streams are for systems, which speak gRPC.
      const unary = method.methodKind === 'unary';
      for (const transportOf of unary ? [connectTransport, grpcTransport] : [grpcTransport]) {
        for (const kind of KINDS) {
          for (const alliance of [suite.demo.alliance, FOREIGN]) {
            const foreign = alliance === FOREIGN;
            const { request, ...named } = requestFor(method, rules, alliance, kind);
            if (foreign && !named.placed) continue;
            const error = await outcome(transportFor(transportOf, tokens[kind]), service, method, request);
            const allowed = declared(rules, kind, { foreign, ...named });
            const fault = judge(error, allowed, { kind, foreign, routed, ...named });
            if (fault) wrong.push(`${transportOf.name}: ${kind} in ${alliance} ${fault}`);
          }
        }
        if (method.name === 'SignOut') tokens = await freshTokens();
      }
      assert.deepEqual(wrong, []);
    });
  }
}
