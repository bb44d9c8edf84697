// What one client can take from the others: rates, connections, slow and oversized
// input, and load beyond capacity.

import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fromJson, toBinary } from '@bufbuild/protobuf';
import { AuthService } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { CreateBookingRequestSchema } from '../gen/jinhuan/resource/v1/booking_service_pb.js';
import { eventually, openDoor } from '../lib/door.mjs';
import { createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { callGrpc, openGrpc, rawGrpc, request } from '../lib/http.mjs';
import { Suite } from '../lib/suite.mjs';
import { bookingOf, openPlace, slotsOf, withoutCharterQuotas } from '../lib/world.mjs';

let suite;
let staff;
let other;
let slot;
before(async () => {
  suite = await Suite.start('limits');
  [staff, other] = await Promise.all([suite.as('staff1'), suite.as('staff2')]);
  const street = await suite.as('street');
  await withoutCharterQuotas(suite, street);
  const { facility } = await openPlace(suite, street, { capacity: 100_000 });
  slot = (await slotsOf(suite, staff, facility)).at(-1);
});
after(() => suite?.end());

const BORNE = 8; // calls at once
const UNLIMITED = ['--calls_per_second_per_caller=100000', '--calls_per_second_per_address=100000'];
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
        socket.on('close', () => resolve({ socket, status: 0 }));
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
  let longest = 0;
  const others = (async () => {
    while (!ended) {
      const began = Date.now();
      assert.equal((await ask(suite, other.token)).status, 200);
      longest = Math.max(longest, Date.now() - began);
      await pause(250);
    }
  })();
  const ends = await Promise.all(slow.map(([, dripping]) => dripping));
  ended = true;
  await others;
  // Who waits for a slow client waits for ten seconds at least.
  assert.ok(longest < 5000, `${longest} ms`);
  for (const [i, [name, , limit]] of slow.entries()) {
    const { took } = ends[i];
    assert.ok(took > limit - 1000 && took < limit + 5000 + longest, `${name}: ${took} ms`);
  }
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

// So many clients call again and again for some seconds, as soon as they are answered: the
// milliseconds that each answer took, in order, of those served and those refused. `call`
// gives whether it was served.
async function storm(clients, seconds, call) {
  const took = { served: [], refused: [] };
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    times(clients, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        const list = (await call()) ? took.served : took.refused;
        list.push(Math.round(performance.now() - began));
      }
    }),
  );
  for (const list of Object.values(took)) list.sort((a, b) => a - b);
  return took;
}
const quantile = (sorted, q) => sorted[Math.floor((sorted.length - 1) * q)];

// Books by either port, with little work for the client; true when it was served, false when
// it was refused for too much load.
const BOOKING = '/jinhuan.resource.v1.BookingService/CreateBooking';
const bookers = {
  HTTP: (door) => ({
    async call() {
      const answer = await request(`${door.http}${BOOKING}`, { body: bookingOf(suite, slot), token: staff.token });
      if (answer.status !== 200) assert.deepEqual([answer.status, reasonOf(answer)], [429, 'OVERLOADED']);
      return answer.status === 200;
    },
    end() {},
  }),
  native: (door) => {
    const session = openGrpc(door);
    return {
      async call() {
        const message = toBinary(CreateBookingRequestSchema, fromJson(CreateBookingRequestSchema, bookingOf(suite, slot)));
        const head = Buffer.alloc(5);
        head.writeUInt32BE(message.length, 1);
        const { status, details } = await callGrpc(session, BOOKING, Buffer.concat([head, message]), staff.token);
        if (status !== '0') assert.deepEqual([status, details.includes('OVERLOADED')], ['8', true]);
        return status === '0';
      },
      end: () => session.destroy(),
    };
  },
};

for (const [port, booker] of Object.entries(bookers)) {
  test(`of five times the load that is borne the rest is refused at once, and what is taken is served within a second: ${port}`, () =>
    withDoor([`--max_calls=${BORNE}`, ...UNLIMITED], async (door) => {
      const { call, end } = booker(door);
      // A machine that is busy with other things is not to blame; the clients have five times
      // as much to do.
      const alone = await storm(BORNE, 2, call);
      const most = Math.max(1000, 5 * quantile(alone.served, 0.99));
      const { served, refused } = await storm(5 * BORNE, 4, call);
      const told = (list) => `half in ${quantile(list, 0.5)}, 99 % in ${quantile(list, 0.99)} ms`;
      const figures = `${served.length} served, ${told(served)}; ${refused.length} refused, ${told(refused)}; ${most} ms allowed`;
      assert.ok(served.length > BORNE && refused.length > BORNE, figures);
      assert.ok(quantile(served, 0.99) < most && quantile(refused, 0.99) < most, figures);
      // Who is refused has waited for nobody.
      assert.ok(quantile(refused, 0.5) < quantile(served, 0.5), figures);
      // Every place is free again.
      assert.deepEqual(new Set(await Promise.all(times(BORNE, call))), new Set([true]));
      end();
    }));
}
