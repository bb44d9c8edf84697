// What one client can take from the others: rates, connections, slow and oversized
// input, and load beyond capacity.

import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { AuthService } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { MemberService } from '../gen/jinhuan/alliance/v1/member_service_pb.js';
import { eventually, openDoor } from '../lib/door.mjs';
import { createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { rawGrpc, request } from '../lib/http.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
let staff;
let other;
before(async () => {
  suite = await Suite.start('limits');
  [staff, other] = await Promise.all([suite.as('staff1'), suite.as('staff2')]);
});
after(() => suite?.end());

const SESSION = 'jinhuan.alliance.v1.AuthService/GetSession';
const reasonOf = ({ json }) => json?.details?.find(({ type }) => type === 'google.rpc.ErrorInfo')?.debug.reason;

// Runs `use` with a gateway that has these flags.
async function withDoor(flags, use) {
  const door = await openDoor(suite, flags);
  try {
    await use(door);
  } finally {
    await door.end();
  }
}

const ask = (door, token, options) => request(`${door.http}/${SESSION}`, { body: {}, token, ...options });

// What a connection that sends `first`, and then a byte of `then` every half second, is
// told until it is closed, and after how many milliseconds that is.
function drip(port, first, then = '') {
  return new Promise((resolve) => {
    const began = Date.now();
    const socket = connect(port, '127.0.0.1');
    let told = '';
    let at = 0;
    const timer = setInterval(() => at < then.length && socket.write(then[at++]), 500);
    socket.write(first);
    socket.on('data', (chunk) => (told += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ told, took: Date.now() - began });
    });
  });
}

// Many calls at once: how many were answered, and the reasons of the others.
async function burst(calls) {
  const answers = await Promise.all(calls);
  const refused = answers.filter(({ status }) => status !== 200);
  return { answered: answers.length - refused.length, reasons: new Set(refused.map(reasonOf)) };
}
const times = (count, call) => Array.from({ length: count }, (_, i) => call(i));

test('one session calls so often, by either port, and others go on', () =>
  withDoor(['--calls_per_second_per_caller=5'], async (door) => {
    const { answered, reasons } = await burst(times(60, () => ask(door, staff.token)));
    assert.ok(answered >= 10, `${answered}`);
    assert.deepEqual([...reasons], ['RATE_LIMITED']);
    const native = createClient(AuthService, grpcTransport(door, staff.token));
    const said = await Promise.all(times(60, () => native.getSession({}).then(() => '', (error) => failure(Promise.reject(error)))));
    assert.ok(said.some(({ code, reason }) => code === 'ResourceExhausted' && reason === 'RATE_LIMITED'));
    assert.equal((await ask(door, other.token)).status, 200);
    await eventually(async () => (await ask(door, staff.token)).status === 200);
  }));

test('one address calls so often, whoever it is', () =>
  withDoor(['--calls_per_second_per_address=5'], async (door) => {
    const from = (localAddress) => (i) => ask(door, i % 2 ? staff.token : other.token, { localAddress });
    const { answered, reasons } = await burst(times(60, from('127.5.5.1')));
    assert.ok(answered >= 10, `${answered}`);
    assert.deepEqual([...reasons], ['RATE_LIMITED']);
    assert.equal((await from('127.5.5.2')(0)).status, 200);
  }));

test('one address has so many connections', () =>
  withDoor(['--max_connections_per_address=3'], async (door) => {
    const from = (localAddress) =>
      new Promise((resolve) => {
        const socket = connect({ port: door.httpPort, host: '127.0.0.1', localAddress });
        socket.on('error', () => {});
        socket.on('data', (chunk) => resolve({ socket, status: Number(chunk.toString().split(' ')[1]) }));
        socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      });
    const held = [];
    for (let i = 0; i < 3; ++i) held.push(await from('127.5.6.1'));
    assert.deepEqual(held.map(({ status }) => status), [200, 200, 200]);
    assert.equal((await from('127.5.6.1')).status, 429);
    const elsewhere = await from('127.5.6.2');
    assert.equal(elsewhere.status, 200);
    for (const { socket } of [...held, elsewhere]) socket.destroy();
    let again;
    do again = await from('127.5.6.1'); while (again.status !== 200);
    again.socket.destroy();
  }));

test('slow and half-open clients are cut off, and meanwhile others are served', async () => {
  const [httpPort, grpcPort] = [suite.http, suite.grpc].map((address) => Number(address.split(':').at(-1)));
  const post = `POST /${SESSION} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  const slow = [
    ['a header byte by byte', drip(httpPort, 'GET / HTTP/1.1\r\nHost: x\r\n', 'X-Slow: '.padEnd(400, 'a')), 10_000],
    ['a body byte by byte', drip(httpPort, `${post}Content-Length: 400\r\n\r\n`, '{'.padEnd(400)), 30_000],
    ['native, and says nothing', drip(grpcPort, ''), 10_000],
    ['native, and stops in its first words', drip(grpcPort, 'PRI * HTTP/2.0\r\n'), 10_000],
  ];
  let ended = false;
  const others = (async () => {
    while (!ended) {
      const began = Date.now();
      assert.equal((await ask(suite, other.token)).status, 200);
      assert.ok(Date.now() - began < 1000);
      await pause(250);
    }
  })();
  for (const [name, dripping, limit] of slow) {
    const { took } = await dripping;
    assert.ok(took > limit - 1000 && took < limit + 5000, `${name}: ${took} ms`);
  }
  ended = true;
  await others;
});

test('what is too large is refused with its reason, and not kept', async () => {
  const large = 'x'.repeat(5 << 20);
  const body = await ask(suite, staff.token, { body: { text: large } });
  assert.deepEqual([body.status, reasonOf(body)], [429, 'BODY_TOO_LARGE']);
  const httpPort = Number(suite.http.split(':').at(-1));
  const head = (text) => drip(httpPort, text);
  assert.match((await head(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`)).told, /^HTTP\/1.1 431/);
  assert.match((await head(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).told, /^HTTP\/1.1 431/);

  const message = Buffer.alloc(5 + (5 << 20));
  message.writeUInt32BE(5 << 20, 1);
  assert.equal((await rawGrpc(suite, `/${SESSION}`, message, staff.token)).status, '8');
  assert.equal((await ask(suite, staff.token)).status, 200);
});

test('headers of any byte end no process', async () => {
  const httpPort = Number(suite.http.split(':').at(-1));
  const pid = suite.pid('gateway');
  const trace = 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  for (const header of ['tracestate: a=\xff', 'tracestate: a=\t', 'user-agent: \xff', 'x-any: \xff', 'x-any-bin: \xff', 'authorization: Bearer \xff']) {
    const lines = [`POST /${SESSION} HTTP/1.1`, 'Host: x', 'Connection: close', 'Content-Length: 2', trace, header];
    const { told } = await drip(httpPort, Buffer.from(`${lines.join('\r\n')}\r\nContent-Type: application/json\r\n\r\n{}`, 'latin1'));
    assert.match(told, /^HTTP\/1.1 401/, header);
  }
  assert.equal(suite.pid('gateway'), pid);
});

test('one native connection has so many streams', async () => {
  const session = connectHttp2(`http://${suite.grpc}`);
  const settings = await new Promise((resolve) => session.on('remoteSettings', resolve));
  session.destroy();
  assert.ok(settings.maxConcurrentStreams <= 1024, `${settings.maxConcurrentStreams}`);
});

test('load beyond capacity is refused at once, and the rest is served', () =>
  withDoor(['--max_calls=4', '--calls_per_second_per_caller=100000', '--calls_per_second_per_address=100000'], async (door) => {
    const members = createClient(MemberService, grpcTransport(door, staff.token));
    const took = { accepted: [], refused: [] };
    await Promise.all(
      times(64, async () => {
        const began = performance.now();
        const reason = await members.listMembers({ parent: suite.demo.alliance }).then(
          () => '',
          (error) => failure(Promise.reject(error)).then(({ code, reason: why }) => `${code} ${why}`),
        );
        assert.ok(['', 'ResourceExhausted OVERLOADED'].includes(reason), reason);
        took[reason ? 'refused' : 'accepted'].push(performance.now() - began);
      }),
    );
    assert.ok(took.accepted.length >= 4, `${took.accepted.length}`);
    assert.ok(took.refused.length >= 4, `${took.refused.length}`);
    // Who is refused has waited for nobody.
    assert.ok(Math.min(...took.refused) < Math.max(...took.accepted));
    assert.ok((await members.listMembers({ parent: suite.demo.alliance })).members.length > 0);
  }));
