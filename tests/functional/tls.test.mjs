// TLS on the native gRPC port and between hosts: who is believed, and certificates that
// change while all runs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from 'node:tls';
import { after, before, test } from 'node:test';
import { AuthService } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { JournalService } from '../gen/jinhuan/alliance/v1/journal_service_pb.js';
import { Role } from '../gen/jinhuan/auth/v1/access_pb.js';
import { Authority, eventually, openDoor, startService } from '../lib/door.mjs';
import { connectTransport, createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { freePort, Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

let suite;
let server; // the authority of the native port's certificate
let systems; // that of other systems
let foreign;
let door;
before(async () => {
  suite = await Suite.start('tls');
  const folder = path.join(suite.data, 'tls');
  [server, systems, foreign] = ['server', 'systems', 'foreign'].map((name) => new Authority(folder, name));
  const { certificate, key } = server.issue('port', ['127.0.0.1']);
  door = await openDoor(suite, [
    `--grpc_cert_file=${certificate}`,
    `--grpc_key_file=${key}`,
    `--grpc_client_ca_file=${systems.certificate}`,
  ]);
});
after(async () => {
  await door?.end();
  await suite?.end();
});

// How a native client calls that believes `authority` and shows what `issued` names.
const session = (token, authority = server, issued, headers = {}) =>
  createClient(
    AuthService,
    grpcTransport(door, token, {
      baseUrl: `https://${door.grpc}`,
      nodeOptions: {
        ca: authority.pem,
        ...(issued && { cert: readFileSync(issued.certificate), key: readFileSync(issued.key) }),
      },
    }),
  ).getSession({}, { headers });

// Whose certificate a port shows.
const fingerprintOf = (port, options = {}) =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false, ...options }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });

test('the native port has TLS, and nothing else', async () => {
  const staff = await suite.as('staff1');
  const { caller } = await session(staff.token);
  assert.match(caller.name, /^users\//);
  const plain = createClient(AuthService, grpcTransport(door, staff.token));
  assert.equal((await failure(plain.getSession({}, { timeoutMs: 5000 }))).reason, undefined);
  await assert.rejects(session(staff.token, foreign));
});

test('TLS 1.2 has forward secrecy', async () => {
  const with12 = (ciphers) => fingerprintOf(door.grpcPort, { maxVersion: 'TLSv1.2', ciphers });
  assert.ok(await with12('ECDHE+AESGCM'));
  for (const ciphers of ['AES128-SHA', 'AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA']) {
    await assert.rejects(with12(ciphers), undefined, ciphers);
  }
});

test('a new certificate is taken without a restart, and who is connected stays', async () => {
  const staff = await suite.as('staff1');
  const audit = await suite.as('audit');
  const watch = createClient(
    JournalService,
    grpcTransport(door, audit.token, { baseUrl: `https://${door.grpc}`, nodeOptions: { ca: server.pem } }),
  ).watchEntries({}, { timeoutMs: 60_000 });
  let last; // when what was seen last happened
  const watching = (async () => {
    for await (const { entries } of watch) last = Number(entries.at(-1)?.time.seconds ?? last);
  })();
  await eventually(() => last);

  const before = await fingerprintOf(door.grpcPort);
  server.issue('port', ['127.0.0.1']);
  await eventually(async () => {
    const now = await fingerprintOf(door.grpcPort).catch(() => before); // between the two files
    return now !== before;
  });
  assert.ok((await session(staff.token)).caller);
  const changed = Date.now() / 1000;
  await Promise.race([
    watching.then(() => assert.fail('the watch ended')),
    eventually(async () => (await suite.as('staff2')) && last >= changed),
  ]);
});

const refusal = async (call) => {
  const { code, reason } = await failure(call);
  return { code, reason };
};
const NOBODY = { code: 'Unauthenticated', reason: 'SIGN_IN_REQUIRED' };
async function createAccount(admin, certificateName) {
  const made = await admin.call('alliance.v1.UserService/CreateServiceAccount', {
    serviceAccount: { displayName: '城运中心', alliance: suite.demo.alliance, certificateName },
    requestId: once(),
  });
  const { name } = made.serviceAccount;
  const security = await suite.as('SECURITY_ADMIN');
  await security.call('alliance.v1.UserService/SetServiceAccountScopes', { name, scopes: [], requestId: once() });
  return made;
}

test('a system that is bound to a certificate is believed with that one alone', async () => {
  const [admin, security] = await Promise.all([suite.as('SYSTEM_ADMIN'), suite.as('SECURITY_ADMIN')]);
  const { serviceAccount, clientSecret } = await createAccount(admin, 'city.example.org');
  const token = await suite.token({ login: serviceAccount.clientId, password: clientSecret, role: 'SYSTEM' });
  const city = systems.issue('city', ['city.example.org', 'second.example.org']);
  const other = systems.issue('other', ['other.example.org']);
  const refused = { code: 'Unauthenticated', reason: 'CLIENT_CERTIFICATE_REQUIRED' };

  assert.equal((await session(token, server, city)).caller.name, serviceAccount.name);
  assert.deepEqual(await refusal(session(token)), refused);
  assert.deepEqual(await refusal(session(token, server, other)), refused);
  assert.deepEqual(await refusal(createClient(AuthService, connectTransport(door, token)).getSession({})), refused);
  // A certificate of the same name by someone else opens no connection at all.
  const forged = await refusal(session(token, server, foreign.issue('forged', ['city.example.org'])));
  assert.equal(forged.reason, undefined);
  // Renewed, it works on.
  assert.ok(await session(token, server, systems.issue('city', ['city.example.org'])));

  await security.call('alliance.v1.UserService/SetServiceAccountCertificate', {
    name: serviceAccount.name,
    certificateName: '',
    requestId: once(),
  });
  await eventually(() => session(token).catch(() => undefined), 6);
});

test('a certificate alone is the account that it is named for', async () => {
  const admin = await suite.as('SYSTEM_ADMIN');
  const { serviceAccount } = await createAccount(admin, 'emergency.example.org');
  const shown = systems.issue('emergency', ['emergency.example.org', 'spare.example.org']);
  const { caller } = await session(undefined, server, shown);
  assert.equal(caller.name, serviceAccount.name);
  assert.deepEqual(caller.grants.map(({ role }) => Role[role]), ['SYSTEM']);

  // Of our authority, but nobody's; of another; and none.
  assert.deepEqual(await refusal(session(undefined, server, systems.issue('nobody', ['nobody.example.org']))), NOBODY);
  const forged = foreign.issue('forged', ['emergency.example.org']);
  assert.equal((await refusal(session(undefined, server, forged))).reason, undefined);
  assert.deepEqual(await refusal(session(undefined)), NOBODY);
  // What a client says of its certificate is nothing, on both ports.
  for (const name of ['x-client-cert', 'x-forwarded-client-cert', 'ssl-client-s-dn', 'certificate-names']) {
    const headers = { [name]: 'emergency.example.org' };
    assert.deepEqual(await refusal(session(undefined, server, undefined, headers)), NOBODY, name);
    const http = createClient(AuthService, connectTransport(door)).getSession({}, { headers });
    assert.deepEqual(await refusal(http), NOBODY, name);
  }

  // No two accounts have one name; and who shows the names of two is neither.
  await assert.rejects(createAccount(admin, 'emergency.example.org'), { reason: 'CERTIFICATE_TAKEN' });
  const second = (await createAccount(admin, 'water.example.org')).serviceAccount;
  const both = systems.issue('both', ['emergency.example.org', 'water.example.org', 'third.example.org']);
  assert.deepEqual(await refusal(session(undefined, server, both)), NOBODY);
  const disable = (name) =>
    admin.call('alliance.v1.UserService/DisableServiceAccount', { name, reason: '试验', requestId: once() });
  await disable(second.name);
  await eventually(() => session(undefined, server, both).catch(() => undefined), 6);
  await disable(serviceAccount.name);
  await eventually(async () => (await refusal(session(undefined, server, shown)).catch(() => ({}))).reason === NOBODY.reason, 6);
});

test('between hosts both sides show a certificate', async () => {
  const folder = path.join(suite.data, 'tls');
  const hosts = new Authority(folder, 'hosts');
  const flags = (name) => {
    const { certificate, key } = hosts.issue(name, ['127.0.0.1']);
    return [`--tls_cert_file=${certificate}`, `--tls_key_file=${key}`, `--tls_ca_file=${hosts.certificate}`];
  };
  const port = await freePort();
  const service = await startService(suite, 'alliance', `127.0.0.1:${port}`, flags('service'));
  const open = (target, own) => openDoor(suite, own, { alliance: target });
  const doors = await Promise.all([
    open(`127.0.0.1:${port}`, flags('gateway')),
    open(`localhost:${port}`, flags('misled')), // the service's certificate does not name it
    open(`127.0.0.1:${port}`, []),
  ]);
  try {
    const staff = await suite.as('staff1');
    const through = (one) => createClient(AuthService, connectTransport(one, staff.token)).getSession({});
    assert.match((await through(doors[0])).caller.name, /^users\//);
    for (const wrong of doors.slice(1)) assert.equal((await failure(through(wrong))).reason, 'UNAVAILABLE');

    const shown = { cert: readFileSync(`${folder}/gateway.pem`), key: readFileSync(`${folder}/gateway.key`) };
    const before = await fingerprintOf(port, shown);
    flags('service');
    await eventually(async () => (await fingerprintOf(port, shown).catch(() => before)) !== before);
    assert.match((await through(doors[0])).caller.name, /^users\//);
  } finally {
    for (const one of [...doors, service]) await one.end();
  }
});

test('a gateway does not start with a certificate that it can not use', async () => {
  const { certificate } = server.issue('one', ['127.0.0.1']);
  const { key } = server.issue('two', ['127.0.0.1']);
  for (const flags of [
    [`--grpc_cert_file=${certificate}`, `--grpc_key_file=${key}`],
    [`--grpc_cert_file=${suite.data}/nothing`, `--grpc_key_file=${key}`],
    [`--tls_cert_file=${certificate}`],
  ]) {
    await assert.rejects(openDoor(suite, flags), /can't start/);
  }
});
