// What strangers and mistakes get: a clear error with a reason, the field, and a
// Chinese text for the person; over HTTP and over native gRPC alike.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { BookingService } from '../gen/jinhuan/resource/v1/booking_service_pb.js';
import { MemberService } from '../gen/jinhuan/alliance/v1/member_service_pb.js';
import { connectTransport, createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { rawGrpc, request } from '../lib/http.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, bookingOf, once, openPlace, slotsOf } from '../lib/world.mjs';

let suite;
let street;
let staff;
let slot;
before(async () => {
  suite = await Suite.start('refusals');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  const { facility } = await openPlace(suite, street);
  slot = (await slotsOf(suite, staff, facility)).at(-1);
});
after(() => suite?.end());

const CREATE = 'jinhuan.resource.v1.BookingService/CreateBooking';
const CHINESE = /\p{Script=Han}/u;

// The error of an HTTP answer, taken apart.
function refusal({ status, json, text }) {
  assert.ok(json?.code, `not a Connect error: ${status} ${text.slice(0, 200)}`);
  const detail = (name) => json.details?.find(({ type }) => type === `google.rpc.${name}`)?.debug;
  const localized = detail('LocalizedMessage');
  assert.equal(localized?.locale, 'zh-CN', text);
  assert.match(localized.message, CHINESE);
  return {
    status,
    code: json.code,
    reason: detail('ErrorInfo')?.reason,
    domain: detail('ErrorInfo')?.domain,
    fields: (detail('BadRequest')?.fieldViolations ?? []).map(({ field }) => field),
  };
}

const post = (method, options) => request(`${suite.http}/${method}`, options);
const create = (body) => post(CREATE, { body, token: staff.token });

test('a body that is not JSON', async () => {
  for (const body of ['{"parent": ', 'hello', '[]', '"x"', '\xff\xfe']) {
    const { status, code, reason } = refusal(await create(body));
    assert.deepEqual([status, code, reason], [400, 'invalid_argument', 'MALFORMED_BODY'], body);
  }
});

test('a field of the wrong type, and one that does not exist', async () => {
  for (const body of [
    { parent: 7 },
    { booking: 'soon' },
    { booking: { startTime: 'tomorrow' } },
    { booking: { quantity: 2.5 } },
    { booking: { quantity: '99999999999' } },
    { colour: 'red' },
  ]) {
    const { code, reason } = refusal(await create(body));
    assert.deepEqual([code, reason], ['invalid_argument', 'MALFORMED_BODY'], JSON.stringify(body));
  }
});

test('a method, a service and a path that do not exist', async () => {
  for (const method of [
    'jinhuan.resource.v1.BookingService/Nothing',
    'jinhuan.resource.v1.NoService/CreateBooking',
    'jinhuan.auth.v1.CredentialService/ResolveCredential', // the suite's own
  ]) {
    const { code, reason } = refusal(await post(method, { body: {}, token: staff.token }));
    assert.deepEqual([code, reason], ['unimplemented', 'METHOD_UNKNOWN'], method);
  }
});

test('no session, an invented one, and one that was ended', async () => {
  const ended = await suite.as('staff1');
  await ended.call('alliance.v1.AuthService/SignOut');
  for (const token of [undefined, 'invented', 'A'.repeat(10_000), ended.token]) {
    const { status, code, reason } = refusal(await post(CREATE, { body: {}, token }));
    assert.deepEqual([status, code, reason], [401, 'unauthenticated', 'SIGN_IN_REQUIRED']);
  }
});

test('a session that has expired', async () => {
  const late = await suite.as('staff2');
  await late.call('alliance.v1.AuthService/GetSession');
  suite.sql(`UPDATE alliance.credential SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND
             WHERE account = (SELECT user_id FROM alliance.user WHERE login = 'staff2')`);
  const deadline = Date.now() + 6000; // a session may be remembered for 5 s
  let answer;
  do {
    answer = await post('jinhuan.alliance.v1.AuthService/GetSession', { body: {}, token: late.token });
  } while (answer.status === 200 && Date.now() < deadline);
  assert.equal(refusal(answer).reason, 'SIGN_IN_REQUIRED');
});

test('a wrong password says no more than that', async () => {
  for (const login of ['staff1', 'nobody']) {
    const answer = await post('jinhuan.alliance.v1.AuthService/SignIn', {
      body: { login, password: 'not-the-password-1' },
      localAddress: '127.9.9.9',
    });
    assert.deepEqual(
      [answer.status, refusal(answer).code, refusal(answer).reason],
      [401, 'unauthenticated', 'PASSWORD_WRONG'],
    );
  }
});

const guess = (login, localAddress) =>
  post('jinhuan.alliance.v1.AuthService/SignIn', {
    body: { login, password: 'not-the-password-1' },
    localAddress,
  }).then(refusal);

test('guessing from one address is slowed down, for that address alone', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => guess(`guess${i}`, '127.9.9.10')));
  assert.ok(answers.some(({ reason }) => reason === 'RATE_LIMITED'));
  assert.equal((await guess('guess', '127.9.9.11')).reason, 'PASSWORD_WRONG');
});

test('guessing one password from many addresses is slowed down, for that account alone', async () => {
  const answers = [];
  for (let i = 1; i <= 31; ++i) answers.push((await guess('staff4', `127.9.8.${i}`)).reason);
  assert.deepEqual(answers.slice(0, 30), Array(30).fill('PASSWORD_WRONG'));
  assert.equal(answers.at(-1), 'RATE_LIMITED');
  assert.equal((await guess('staff3', '127.9.8.32')).reason, 'PASSWORD_WRONG');
});

test('guessing one password from one address is slowed down, for that pair alone', async () => {
  const answers = [];
  for (let i = 0; i < 6; ++i) answers.push((await guess('staff5', '127.9.7.1')).reason);
  assert.deepEqual(answers, [...Array(5).fill('PASSWORD_WRONG'), 'RATE_LIMITED']);
  assert.equal((await guess('staff5', '127.9.7.2')).reason, 'PASSWORD_WRONG');
});

test("another person's booking looks as if it did not exist", async () => {
  const stranger = await suite.as('staff3');
  const { name } = await book(suite, staff, slot);
  const invented = `${suite.demo.alliance}/bookings/none`;
  for (const [method, body] of [
    ['GetBooking', {}],
    ['CancelBooking', { requestId: once() }],
  ]) {
    const answers = [name, invented].map((target) =>
      post(`jinhuan.resource.v1.BookingService/${method}`, {
        body: { ...body, name: target },
        token: stranger.token,
      }),
    );
    for (const answer of await Promise.all(answers)) {
      const { status, code, reason } = refusal(answer);
      assert.deepEqual([status, code, reason], [404, 'not_found', 'RESOURCE_NOT_FOUND'], method);
    }
  }
  const { bookings = [] } = await stranger.call('resource.v1.BookingService/ListBookings', {
    parent: suite.demo.alliance,
    pageSize: 1000,
  });
  assert.ok(!bookings.some((booking) => booking.name === name));
});

test('a body of 10 MiB', async () => {
  const { code, reason } = refusal(await create({ parent: 'x'.repeat(10 << 20) }));
  assert.deepEqual([code, reason], ['resource_exhausted', 'BODY_TOO_LARGE']);
});

test('a plate with the letter O, one too short, one too long', async () => {
  const { facilities } = await staff.call('resource.v1.BookingService/SearchAvailability', {
    parent: suite.demo.alliance,
    kind: 'FACILITY_KIND_PARKING',
    startTime: new Date().toISOString(),
    endTime: new Date(Date.now() + 24 * 3600e3).toISOString(),
  });
  const free = facilities.flatMap(({ slots }) => slots).find(({ state }) => state === 'STATE_BOOKABLE');
  for (const plate of ['沪AO1234', '沪AI1234', '沪A123', '沪A1234567', 'A12345', '"><script>']) {
    const { code, reason, domain, fields } = refusal(await create(bookingOf(suite, free, { plate })));
    assert.deepEqual(
      [code, reason, domain, fields],
      ['invalid_argument', 'PLATE_INVALID', 'jinhuan.resource.v1', ['booking.plate']],
      plate,
    );
  }
});

test('all wrong fields are told at once, each by its path', async () => {
  const { code, fields } = refusal(await create({ parent: suite.demo.alliance, booking: {} }));
  assert.equal(code, 'invalid_argument');
  for (const field of ['booking.window', 'booking.start_time', 'booking.end_time']) {
    assert.ok(fields.includes(field), `${field} is not among ${fields}`);
  }
});

test('a request id that is too long or not printable', async () => {
  for (const requestId of ['x'.repeat(65), 'one\ntwo', '编号']) {
    const { code, fields } = refusal(await create(bookingOf(suite, slot, { requestId })));
    assert.deepEqual([code, fields], ['invalid_argument', ['request_id']]);
  }
});

test('a slot that is half another, past, too far or not for the unit', async () => {
  const hour = 3600e3;
  const at = (time) => new Date(time).toISOString();
  const start = Date.parse(slot.startTime);
  const wrong = {
    INTERVAL_INVALID: { ...slot, startTime: at(start + hour / 2) },
    TOO_LATE: { ...slot, startTime: at(start - 60 * hour), endTime: at(start - 59 * hour) },
    TOO_EARLY: { ...slot, startTime: at(start + 480 * hour), endTime: at(start + 481 * hour) },
  };
  for (const [expected, interval] of Object.entries(wrong)) {
    assert.equal(refusal(await create(bookingOf(suite, interval))).reason, expected);
  }
  const { facility } = await openPlace(suite, street, { audienceSectors: [2] }); // finance
  const other = (await slotsOf(suite, staff, facility)).at(-1);
  assert.equal(other.state, 'STATE_NOT_FOR_YOU');
  assert.equal(refusal(await create(bookingOf(suite, other))).reason, 'NOT_IN_AUDIENCE');
});

test('a wrong content type and a wrong HTTP method', async () => {
  const wrongType = await post(CREATE, { body: 'x', headers: { 'content-type': 'text/plain' } });
  assert.equal(wrongType.status, 415);
  assert.equal((await post(CREATE, { method: 'GET' })).status, 405);
  assert.equal((await post(CREATE, { method: 'DELETE' })).status, 405);
});

test('a request that is not HTTP ends with 400, and the gateway lives on', async () => {
  const { hostname, port } = new URL(suite.http);
  const answer = await new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end('\x16\x03\x01 not http\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
  assert.match(answer, /^(HTTP\/1\.1 400|$)/);
  assert.equal((await request(`${suite.http}/healthz`, { method: 'GET' })).status, 200);
});

test('the same refusals over native gRPC, with the same details', async () => {
  const bookings = createClient(BookingService, grpcTransport(suite, staff.token));
  const nobody = createClient(BookingService, grpcTransport(suite));
  const members = createClient(MemberService, grpcTransport(suite, staff.token));
  const parent = suite.demo.alliance;
  const cases = [
    [() => nobody.listBookings({ parent }), 'Unauthenticated', 'SIGN_IN_REQUIRED'],
    [() => bookings.getBooking({ name: `${parent}/bookings/none` }), 'NotFound', 'RESOURCE_NOT_FOUND'],
    [() => bookings.listBookings({ parent: 'alliances/elsewhere' }), 'NotFound', 'RESOURCE_NOT_FOUND'],
    [() => bookings.listBookings({ parent, pageSize: -1 }), 'InvalidArgument', 'FIELD_INVALID'],
    [() => bookings.listBookings({ parent, pageToken: 'forged' }), 'InvalidArgument', 'PAGE_TOKEN_INVALID'],
    [() => members.approveMember({ name: `${parent}/members/none` }), 'PermissionDenied', 'ROLE_REQUIRED'],
  ];
  for (const [call, code, reason] of cases) {
    const error = await failure(call());
    assert.deepEqual([error.code, error.reason], [code, reason]);
    assert.equal(error.locale, 'zh-CN');
    assert.match(error.text, CHINESE);
  }
  const form = await failure(bookings.createBooking({ parent, booking: {} }));
  assert.ok(form.fields.includes('booking.window'));
});

test('native gRPC: an unknown method, broken frames, a message too large', async () => {
  const frame = (bytes, { flag = 0, length = bytes.length } = {}) => {
    const head = Buffer.alloc(5);
    head[0] = flag;
    head.writeUInt32BE(length, 1);
    return Buffer.concat([head, bytes]);
  };
  const list = '/jinhuan.resource.v1.BookingService/ListBookings';
  const some = Buffer.from('0a0161', 'hex'); // parent = "a"
  const cases = [
    ['/jinhuan.resource.v1.NoService/Nothing', frame(some), ['12']],
    ['/jinhuan.auth.v1.CredentialService/ResolveCredential', frame(some), ['12']],
    [list, frame(Buffer.from('0aff', 'hex')), ['3', '13']], // not a message
    [list, frame(some, { length: 100 }), ['3']], // cut short
    [list, frame(Buffer.alloc(10 << 20, 0x20)), ['8']],
  ];
  for (const [path, body, expected] of cases) {
    const { status, message } = await rawGrpc(suite, path, body, staff.token);
    assert.ok(expected.includes(status), `${path}: grpc-status ${status} ${message}`);
  }
  const { status } = await rawGrpc(suite, list, frame(some), staff.token);
  assert.equal(status, '3'); // it lives on: "a" is no alliance's name
});

test('both protocols tell the same error alike', async () => {
  const call = (transport) =>
    failure(createClient(BookingService, transport).createBooking({ parent: suite.demo.alliance, booking: {} }));
  assert.deepEqual(
    await call(connectTransport(suite, staff.token)),
    await call(grpcTransport(suite, staff.token)),
  );
});
