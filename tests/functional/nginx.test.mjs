// One port for everything: nginx as deploy/nginx sets it up, with TLS and HTTP/2.

import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { after, before, test } from 'node:test';
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { AuthService, SessionDelivery } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { JournalService } from '../gen/jinhuan/alliance/v1/journal_service_pb.js';
import { Authority, openDoor, openNginx } from '../lib/door.mjs';
import { createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
let door;
let nginx;
let authority;
before(async () => {
  suite = await Suite.start('nginx');
  const folder = path.join(suite.data, 'nginx');
  authority = new Authority(folder, 'authority');
  const files = authority.issue('site', ['127.0.0.1']);
  door = await openDoor(suite, ['--trusted_proxy=127.0.0.1']);
  nginx = await openNginx(folder, door, files);
});
after(async () => {
  await nginx?.end();
  await door?.end();
  await suite?.end();
});

// One HTTP/2 request from this loopback address: {status, headers, text}.
async function ask(headers, body, localAddress = '127.0.0.1') {
  const session = connectHttp2(nginx.base, {
    createConnection: () =>
      connectTls({ port: nginx.port, host: '127.0.0.1', ca: authority.pem, localAddress, ALPNProtocols: ['h2'] }),
  });
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const call = session.request(headers);
      let told;
      let text = '';
      call.on('response', (answered) => (told = answered));
      call.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      call.on('error', reject);
      call.on('end', () => resolve({ status: told[':status'], headers: told, text }));
      call.end(body);
    });
  } finally {
    session.destroy();
  }
}

const post = (method, body, headers = {}, localAddress) =>
  ask(
    { ':method': 'POST', ':path': `/jinhuan.${method}`, 'content-type': 'application/json', ...headers },
    JSON.stringify(body),
    localAddress,
  );

const AUTH = 'alliance.v1.AuthService';

// What connect-node needs to speak through nginx.
const wire = (token) => ({
  baseUrl: nginx.base,
  httpVersion: '2',
  nodeOptions: { ca: authority.pem },
  interceptors: [
    (next) => (call) => {
      call.header.set('authorization', `Bearer ${token}`);
      return next(call);
    },
  ],
});
const native = (token, localAddress) =>
  grpcTransport(door, token, { baseUrl: nginx.base, nodeOptions: { ca: authority.pem, localAddress } });

test('the portal comes over HTTP/2, with what protects it', async () => {
  const { status, headers, text } = await ask({ ':path': '/' });
  assert.equal(status, 200);
  assert.match(text, /<html/);
  assert.match(headers['content-security-policy'], /default-src 'self'/);
  assert.match(headers['strict-transport-security'], /max-age=31536000/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers.server, 'nginx');
});

test('the session is a cookie that no other page and no plain connection gets', async () => {
  const { login, password } = suite.account('staff1');
  const { status, headers } = await post(`${AUTH}/SignIn`, { login, password }, {}, '127.0.7.1');
  assert.equal(status, 200);
  const [cookie] = headers['set-cookie'];
  for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/']) assert.ok(cookie.includes(attribute), cookie);

  const own = { cookie: cookie.split(';')[0] };
  const session = await post(`${AUTH}/ListSessions`, {}, { ...own, origin: nginx.base });
  assert.equal(session.status, 200);
  // Where the client is, not nginx.
  assert.equal(JSON.parse(session.text).sessions.find(({ current }) => current).address, '127.0.7.1');
  const foreign = await post(`${AUTH}/SignOut`, {}, { ...own, origin: 'https://elsewhere.example' });
  assert.equal(foreign.status, 401);
  assert.equal((await post(`${AUTH}/GetSession`, {}, own)).status, 200);
});

test('what a client says of its address counts for nothing', async () => {
  const { login, password } = suite.account('staff2');
  const { text } = await post(
    `${AUTH}/SignIn`,
    { login, password, delivery: 'SESSION_DELIVERY_BODY' },
    { 'x-forwarded-for': '192.0.2.66' },
    '127.0.7.2',
  );
  const { sessionToken } = JSON.parse(text);
  const { sessions } = await createClient(AuthService, native(sessionToken)).listSessions({});
  assert.equal(sessions.find(({ current }) => current).address, '127.0.7.2');
});

test('Connect, gRPC-Web and native gRPC come in by the same port', async () => {
  const audit = await suite.as('audit');
  for (const [name, transport] of [
    ['Connect JSON', createConnectTransport({ ...wire(audit.token), useBinaryFormat: false })],
    ['Connect proto', createConnectTransport({ ...wire(audit.token), useBinaryFormat: true })],
    ['gRPC-Web', createGrpcWebTransport(wire(audit.token))],
    ['gRPC', native(audit.token)],
  ]) {
    const { caller } = await createClient(AuthService, transport).getSession({});
    assert.equal(caller.displayName, '审计管理员', name);
    if (name === 'Connect JSON') continue; // an entry holds any message, which JSON reads by a registry
    const entries = createClient(JournalService, transport).watchEntries({}, { timeoutMs: 20_000 });
    for await (const { entries: first } of entries) {
      assert.ok(first.length > 0, name);
      break;
    }
  }
});

test('native gRPC: the address of the client, and errors with their details', async () => {
  const { login, password } = suite.account('staff3');
  const client = createClient(AuthService, native('', '127.0.7.3'));
  const refused = await failure(client.signIn({ login, password: 'not-the-password-1' }));
  assert.equal(refused.reason, 'PASSWORD_WRONG');
  const { sessionToken } = await client.signIn({ login, password, delivery: SessionDelivery.BODY });
  const { sessions } = await createClient(AuthService, native(sessionToken)).listSessions({});
  assert.equal(sessions.find(({ current }) => current).address, '127.0.7.3');
});

test('while the gateway is down, each gets what it understands', async () => {
  await door.end();
  const native14 = await failure(createClient(AuthService, native('x'.repeat(43))).getSession({}));
  assert.equal(native14.code, 'Unavailable');
  assert.equal((await post(`${AUTH}/GetSession`, {})).status, 502);
});
