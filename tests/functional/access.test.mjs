// The authorisation matrix, made from what the protos declare: every method, every
// kind of caller, in the own and in another alliance, over HTTP and native gRPC.
// One test is one method; it lists every cell that is not as declared.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { create, getOption } from '@bufbuild/protobuf';
import { access, Relation, Role } from '../gen/jinhuan/auth/v1/access_pb.js';
import { ConnectError, connectTransport, createClient, explain, grpcTransport } from '../lib/grpc.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const KINDS = [
  'ANONYMOUS',
  'STAFF',
  'LIAISON',
  'STREET_ADMIN',
  'SYSTEM_ADMIN',
  'SECURITY_ADMIN',
  'AUDIT_ADMIN',
  'SYSTEM',
];
const FOREIGN = 'alliances/other';
// Reasons by which the access check, and nothing else, refuses.
const DENIALS = ['SIGN_IN_REQUIRED', 'ROLE_REQUIRED'];

// All services of the API, from the generated code.
const folder = new URL('../gen/jinhuan/', import.meta.url);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('_service_pb.js'));
const modules = await Promise.all(files.map((name) => import(new URL(name, folder))));
const services = modules.flatMap((module) =>
  Object.values(module).filter((value) => value?.kind === 'service'),
);

let suite;
let tokens;
before(async () => {
  suite = await Suite.start('access');
  const system = await suite.as('SYSTEM_ADMIN');
  await system.call('alliance.v1.AllianceService/CreateAlliance', {
    allianceId: 'other',
    alliance: { displayName: '另一联盟' },
    requestId: once(),
  });
  tokens = await freshTokens();
});
after(() => suite?.end());

async function freshTokens() {
  const signIn = (kind) => (kind === 'ANONYMOUS' ? undefined : suite.token(suite.account(kind)));
  return Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, await signIn(kind)])));
}

// The request that names something in `alliance` in the field by which the method
// is authorised; `placed` tells whether it has one. A member is the caller's own
// unit, which is as near as a resource can be.
function requestFor(method, rules, alliance, kind) {
  const names = method.input.fields.map(({ name }) => name);
  const path = rules.resourceField || ['name', 'parent'].find((field) => names.includes(field));
  const request = create(method.input);
  if (!path) return { request, placed: false };
  const service = method.parent.typeName;
  const [first, second] = path.split('.');
  let holder = request;
  if (second) {
    holder = create(method.input.fields.find(({ name }) => name === first).message);
    request[first] = holder;
  }
  const field = second ?? first;
  if (service.endsWith('UserService')) {
    holder[field] = 'users/none';
    return { request, placed: false };
  }
  const unit = alliance === FOREIGN ? `${alliance}/members/none` : unitOf(kind);
  const whole = service.endsWith('AllianceService') || (field !== 'name' && !/Windows?$|Invitations$/.test(method.name));
  holder[field] = whole ? alliance : service.endsWith('MemberService') ? unit : `${alliance}/things/none`;
  return { request, placed: true };
}

const unitOf = (kind) => suite.account(kind)?.member || suite.account('LIAISON').member;

// Whether the declaration lets `kind` in.
function declared(rules, kind, foreign) {
  if (rules.public) return true;
  if (kind === 'ANONYMOUS') return false;
  if (rules.signedIn) return true;
  return rules.allow.some(
    ({ role, relation }) => Role[role] === kind && (!foreign || relation === Relation.ANY),
  );
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
function judge(error, allowed, { kind, foreign, placed, routed }) {
  const reason = error?.reason;
  if (!routed) return reason === 'METHOD_UNKNOWN' ? undefined : `is reachable: ${reason}`;
  if (allowed) return DENIALS.includes(reason) ? `is refused: ${reason}` : undefined;
  if (kind === 'ANONYMOUS') return reason === 'SIGN_IN_REQUIRED' ? undefined : `gets ${reason}`;
  if (reason === 'ROLE_REQUIRED') return undefined;
  // Where the caller is nobody, the alliance looks as if it did not exist.
  if (placed && reason === 'RESOURCE_NOT_FOUND') return undefined;
  return `${foreign ? 'reaches' : 'gets'} ${reason ?? 'an answer'}`;
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
            const { request, placed } = requestFor(method, rules, alliance, kind);
            if (foreign && !placed) continue;
            const error = await outcome(transportOf(suite, tokens[kind]), service, method, request);
            const fault = judge(error, declared(rules, kind, foreign), { kind, foreign, placed, routed });
            if (fault) wrong.push(`${transportOf.name}: ${kind} in ${alliance} ${fault}`);
          }
        }
        if (method.name === 'SignOut') tokens = await freshTokens();
      }
      assert.deepEqual(wrong, []);
    });
  }
}
