// Accounts across the whole suite: what ends when an administrator says so, also in
// calls that are under way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { JournalService } from '../gen/jinhuan/resource/v1/journal_service_pb.js';
import { ConnectError, createClient, explain, grpcTransport } from '../lib/grpc.mjs';
import { request } from '../lib/http.mjs';
import { watchPace } from '../lib/pace.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

const USERS = 'alliance.v1.UserService';
const AUTH = 'alliance.v1.AuthService';

let suite;
let system;
let security;
before(async () => {
  suite = await Suite.start('accounts');
  [system, security] = await Promise.all([suite.as('SYSTEM_ADMIN'), suite.as('SECURITY_ADMIN')]);
});
after(() => suite?.end());

const post = (method, token, body = {}, more = {}) =>
  request(`${suite.http}/jinhuan.${method}`, { body, token, ...more });

const setScopes = (name, scopes) =>
  security.call(`${USERS}/SetServiceAccountScopes`, { name, scopes, requestId: once() });

// A system of its own, with these scopes.
async function makeSystem(scopes = []) {
  const { serviceAccount, clientSecret } = await system.call(`${USERS}/CreateServiceAccount`, {
    serviceAccount: { displayName: '试验系统', alliance: suite.demo.alliance, scopes },
    requestId: once(),
  });
  await setScopes(serviceAccount.name, scopes);
  return { name: serviceAccount.name, clientId: serviceAccount.clientId, clientSecret };
}

const tokenOf = async ({ clientId, clientSecret }) =>
  (await post(`${AUTH}/IssueToken`, undefined, { clientId, clientSecret })).json?.accessToken;

// Opens a watch, does `change` once it is open, and tells why it ended, within 5 s.
async function endOfWatch(token, change) {
  const journal = createClient(JournalService, grpcTransport(suite, token));
  const signal = AbortSignal.timeout(60e3);
  const pace = await watchPace(suite);
  let changed;
  let reason;
  try {
    for await (const _ of journal.watchEntries({ startNumber: 1n, alliance: suite.demo.alliance }, { signal })) {
      if (changed) continue;
      await change();
      changed = Date.now();
    }
  } catch (error) {
    ({ reason } = explain(ConnectError.from(error)));
  }
  const took = Date.now() - changed;
  const allowed = await pace(5000);
  assert.ok(took < allowed, `${took} of ${allowed} ms`);
  return reason;
}

test('a watch ends within 5 s of the end of its session', async () => {
  const audit = await suite.as('AUDIT_ADMIN');
  const { caller } = await audit.call(`${AUTH}/GetSession`);
  const { sessions } = await audit.call(`${AUTH}/ListSessions`);
  const current = sessions.find((session) => session.current);
  assert.match(current.address, /^127\.0\./);
  assert.ok(current.name.startsWith(`${caller.name}/sessions/`));
  const reason = await endOfWatch(audit.token, () =>
    system.call(`${AUTH}/RevokeSession`, { name: current.name, requestId: once() }),
  );
  assert.equal(reason, 'SIGN_IN_REQUIRED');
});

test('a system that is shut out has no tokens, no streams and no new ones', async () => {
  const account = await makeSystem();
  const token = await tokenOf(account);
  const reason = await endOfWatch(token, () =>
    system.call(`${USERS}/DisableServiceAccount`, { name: account.name, reason: '试验结束', requestId: once() }),
  );
  assert.equal(reason, 'SIGN_IN_REQUIRED');
  assert.equal(await tokenOf(account), undefined);
});

test('a new secret is good once the security administrator has confirmed it', async () => {
  const account = await makeSystem(['jinhuan.alliance.v1']);
  const rotated = await system.call(`${USERS}/RotateServiceAccountSecret`, {
    name: account.name,
    keepOld: '3600s',
    requestId: once(),
  });
  const renewed = { ...account, clientSecret: rotated.clientSecret };
  assert.equal(rotated.serviceAccount.state, 'STATE_WAITING');
  assert.equal(await tokenOf(renewed), undefined);
  assert.ok(await tokenOf(account));
  await setScopes(account.name, ['jinhuan.alliance.v1']);
  assert.ok(await tokenOf(renewed));
});

test('scopes bind reads and streams, from the moment they are set', async () => {
  const account = await makeSystem(['jinhuan.resource.v1']);
  const token = await tokenOf(account);
  const reason = await endOfWatch(token, () =>
    setScopes(account.name, ['jinhuan.alliance.v1.MemberService/ListMembers']),
  );
  assert.equal(reason, 'UNAVAILABLE'); // come back and be judged anew
  const parent = suite.demo.alliance;
  const list = (method) => post(method, token, { parent });
  assert.equal((await list('alliance.v1.MemberService/ListMembers')).status, 200);
  assert.equal((await list('resource.v1.FacilityService/ListFacilities')).status, 403);
});

test('what a client says of itself in our own metadata counts for nothing', async () => {
  const { login, password } = suite.account('staff2');
  const answer = await post(
    `${AUTH}/SignIn`,
    undefined,
    { login, password, delivery: 'SESSION_DELIVERY_BODY' },
    {
      localAddress: '127.9.6.1',
      headers: {
        'jinhuan-client-address': '192.0.2.66',
        'x-forwarded-for': '192.0.2.66',
        'user-agent': 'a test/1.0',
        'content-type': 'application/json',
      },
    },
  );
  assert.equal(answer.status, 200, answer.text);
  const listed = await post(`${AUTH}/ListSessions`, answer.json.sessionToken);
  const current = listed.json.sessions.find((session) => session.current);
  assert.equal(current.address, '127.9.6.1');
  assert.equal(current.userAgent, 'a test/1.0');
});

// A time as JSON has it, with or without a fraction, as one that compares.
function exact(time) {
  const [seconds, fraction = ''] = time.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}

test('the journal is narrowed by act, actor, resource and time, from either end', async () => {
  const audit = await suite.as('AUDIT_ADMIN');
  const list = async (request) => {
    const found = await all(audit, 'alliance.v1.JournalService/ListEntries', 'entries', request);
    return found.map((entry) => ({ ...entry, number: Number(entry.number) }));
  };
  const everything = await list({});
  const last = everything.at(-1).number;
  const granted = everything.filter(({ method }) => method.endsWith('/GrantRole')).at(-1);
  const { method, actor, resource } = granted;
  const [startTime, endTime] = [everything[10], granted].map(({ time }) => time);
  const within = ({ time }) => exact(time) >= exact(startTime) && exact(time) < exact(endTime);
  const cases = [
    [{ method }, (entry) => entry.method === method],
    [{ actor }, (entry) => entry.actor === actor],
    [{ method, actor }, (entry) => entry.method === method && entry.actor === actor],
    [{ resource, actor }, (entry) => entry.resource === resource && entry.actor === actor],
    [{ startTime, endTime }, within],
    [{ method, startTime, endTime }, (entry) => entry.method === method && within(entry)],
  ];
  for (const [request, holds] of cases) {
    const wanted = everything.filter(holds).map(({ number }) => number);
    const found = async (more) =>
      (await list({ ...request, ...more })).map(({ number }) => number).filter((number) => number <= last);
    assert.ok(wanted.length > 0, JSON.stringify(request));
    assert.deepEqual(await found({}), wanted, JSON.stringify(request));
    assert.deepEqual(await found({ newestFirst: true }), wanted.reverse(), JSON.stringify(request));
  }
  // No more of the journal is shown to others than before.
  const refused = system.call('alliance.v1.JournalService/ListEntries', { actor });
  await assert.rejects(refused, { reason: 'ROLE_REQUIRED' });
});

test('the system administrator becomes none of the other two by a new password', async () => {
  const password = 'jinhuan-taken-2027';
  for (const [role, kind] of [['ROLE_SECURITY_ADMIN', 'SECURITY_ADMIN'], ['ROLE_AUDIT_ADMIN', 'AUDIT_ADMIN']]) {
    const { users } = await system.call(`${USERS}/ListUsers`, { role });
    const answer = await post(`${USERS}/ResetPassword`, system.token, {
      name: users[0].name,
      password,
      requestId: once(),
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /ADMINISTRATOR_PASSWORD/);
    assert.ok(await suite.token(suite.account(kind)), `${kind} no longer signs in`);
  }
});

test('the last administrator of each kind stays', async () => {
  const { users } = await security.call(`${USERS}/ListUsers`, { role: 'ROLE_AUDIT_ADMIN' });
  assert.equal(users.length, 1);
  const answer = await post(`${USERS}/DisableUser`, system.token, {
    name: users[0].name,
    reason: '试验',
    requestId: once(),
  });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /LAST_ADMINISTRATOR/);
});
