// Clients that nobody adapted: connect-node by Connect (JSON, binary, GET) and by
// gRPC, and `buf curl` by Connect and gRPC.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { connect } from 'node:http2';
import { AuthService, SessionDelivery } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { MemberService } from '../gen/jinhuan/alliance/v1/member_service_pb.js';
import { BookingService } from '../gen/jinhuan/resource/v1/booking_service_pb.js';
import { Code, ConnectError, connectTransport, createClient, grpcTransport, grpcWebTransport } from '../lib/grpc.mjs';
import { request } from '../lib/http.mjs';
import { Suite } from '../lib/suite.mjs';
import { once, openPlace, slotsOf } from '../lib/world.mjs';

const root = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

let suite;
let street;
let token;
before(async () => {
  suite = await Suite.start('clients');
  [street, token] = await Promise.all([suite.as('street'), suite.token(suite.account('staff1'))]);
});
after(() => suite?.end());

const TRANSPORTS = {
  'Connect with JSON': (t) => connectTransport(suite, t, { useBinaryFormat: false }),
  'Connect with binary': (t) => connectTransport(suite, t, { useBinaryFormat: true }),
  'Connect with GET and JSON': (t) =>
    connectTransport(suite, t, { useBinaryFormat: false, useHttpGet: true }),
  'Connect with GET and binary': (t) =>
    connectTransport(suite, t, { useBinaryFormat: true, useHttpGet: true }),
  'Connect with gzip': (t) => connectTransport(suite, t, { compressMinBytes: 0 }),
  'gRPC-Web': (t) => grpcWebTransport(suite, t),
  'gRPC-Web with gzip': (t) => grpcWebTransport(suite, t, { compressMinBytes: 0 }),
  'native gRPC': (t) => grpcTransport(suite, t),
};

for (const [title, transportOf] of Object.entries(TRANSPORTS)) {
  test(`connect-node, ${title}: signs in, reads, books, is refused`, async () => {
    const { login, password } = suite.account('staff1');
    const { sessionToken } = await createClient(AuthService, transportOf()).signIn({
      login,
      password,
      delivery: SessionDelivery.BODY,
    });
    const members = createClient(MemberService, transportOf(sessionToken));
    const { members: list, totalSize } = await members.listMembers({ parent: suite.demo.alliance, pageSize: 5 });
    assert.equal(list.length, 5);
    assert.equal(totalSize, 56);

    const { facility } = await openPlace(suite, street);
    const { window, startTime, endTime } = (await slotsOf(suite, street, facility)).at(-1);
    const bookings = createClient(BookingService, transportOf(sessionToken));
    const timestamp = (text) => ({ seconds: BigInt(Date.parse(text) / 1000), nanos: 0 });
    const made = await bookings.createBooking({
      parent: suite.demo.alliance,
      booking: { window, startTime: timestamp(startTime), endTime: timestamp(endTime) },
      requestId: once(),
    });
    assert.deepEqual(await bookings.getBooking({ name: made.name }), made);

    await assert.rejects(bookings.getBooking({ name: `${suite.demo.alliance}/bookings/none` }), (error) => {
      assert.ok(error instanceof ConnectError);
      return error.code === Code.NotFound;
    });
  });
}

test('connect-node: a deadline that passes is told as one', async () => {
  for (const transport of [connectTransport, grpcTransport, grpcWebTransport].map((of) => of(suite, token))) {
    const members = createClient(MemberService, transport);
    await assert.rejects(members.listMembers({ parent: suite.demo.alliance }, { timeoutMs: 0.001 }), {
      code: Code.DeadlineExceeded,
    });
  }
});

// buf curl with the schema of the checkout, or what the server says of itself.
async function bufCurl(base, method, body, ...options) {
  const args = ['curl', '-d', JSON.stringify(body), '-H', `authorization: Bearer ${token}`, ...options];
  const { stdout } = await run(`${root}protos/node_modules/.bin/buf`, [...args, `${base}/${method}`], {
    cwd: `${root}protos`,
    timeout: 60e3,
  });
  return JSON.parse(stdout);
}

const LIST = 'jinhuan.alliance.v1.MemberService/ListMembers';
const http2 = '--http2-prior-knowledge';

test('buf curl by Connect', async () => {
  const answer = await bufCurl(suite.http, LIST, { parent: suite.demo.alliance, pageSize: 3 },
    '--schema', '.', '--protocol', 'connect');
  assert.equal(answer.members.length, 3);
});

test('buf curl by gRPC-Web', async () => {
  const answer = await bufCurl(suite.http, LIST, { parent: suite.demo.alliance, pageSize: 3 },
    '--schema', '.', '--protocol', 'grpcweb');
  assert.equal(answer.members.length, 3);
});

test('buf curl by gRPC', async () => {
  const answer = await bufCurl(`http://${suite.grpc}`, LIST, { parent: suite.demo.alliance, pageSize: 3 },
    '--schema', '.', '--protocol', 'grpc', http2);
  assert.equal(answer.members.length, 3);
});

test('buf curl by gRPC, with the schema from reflection', async () => {
  const answer = await bufCurl(`http://${suite.grpc}`, LIST, { parent: suite.demo.alliance, pageSize: 3 },
    '--reflect', '--protocol', 'grpc', http2);
  assert.equal(answer.members.length, 3);
});

test('reflection names the services of the whole suite, and no inner one', async () => {
  const { stdout } = await run(`${root}protos/node_modules/.bin/buf`, [
    'curl', '--protocol', 'grpc', '--list-services', '--reflect-protocol', 'grpc-v1', http2, `http://${suite.grpc}`,
  ]);
  const named = stdout.trim().split('\n');
  for (const service of ['alliance.v1.RotationService', 'resource.v1.BookingService', 'meeting.v1.MeetingService']) {
    assert.ok(named.includes(`jinhuan.${service}`), stdout);
  }
  assert.ok(named.every((service) => !service.startsWith('jinhuan.auth.')), stdout);
});

test('the health service of the gRPC port says SERVING', async () => {
  const session = connect(`http://${suite.grpc}`);
  const call = session.request({
    ':method': 'POST',
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const chunks = [];
  call.on('data', (chunk) => chunks.push(chunk));
  call.end(Buffer.alloc(5));
  await new Promise((resolve, reject) => call.on('close', resolve).on('error', reject));
  session.close();
  assert.deepEqual(Buffer.concat(chunks), Buffer.from('00000000020801', 'hex')); // status = SERVING
});

test('curl: a POST with JSON is the whole story', async () => {
  const answer = await run('curl', [
    '--silent', '--fail', '--max-time', '30',
    '--header', 'content-type: application/json',
    '--header', `authorization: Bearer ${token}`,
    '--data', JSON.stringify({ parent: suite.demo.alliance }),
    `${suite.http}/jinhuan.resource.v1.FacilityService/ListFacilities`,
  ]);
  assert.ok(JSON.parse(answer.stdout).facilities.length >= 8);
});

test('a browser gets its session as a cookie that scripts cannot read', async () => {
  const { login, password } = suite.account('staff2');
  const answer = await request(`${suite.http}/jinhuan.alliance.v1.AuthService/SignIn`, {
    body: { login, password },
    localAddress: '127.8.8.8',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.json.sessionToken ?? '', '');
  const [cookie] = answer.headers['set-cookie'];
  assert.match(cookie, /; ?HttpOnly/i);
  assert.match(cookie, /; ?SameSite=Strict/i);
  const session = await request(`${suite.http}/jinhuan.alliance.v1.AuthService/GetSession`, {
    body: {},
    headers: { cookie: cookie.split(';')[0] },
  });
  assert.equal(session.json.caller.displayName, '客户经理');
});
