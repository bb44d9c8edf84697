// EventService: what changes in all three services, by one stream of the gateway.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { EventService } from '../gen/jinhuan/gateway/v1/event_service_pb.js';
import { JournalService } from '../gen/jinhuan/resource/v1/journal_service_pb.js';
import { person } from '../lib/alliances.mjs';
import { Listener, isInOrder } from '../lib/events.mjs';
import { connectTransport, createClient, failure, grpcTransport, grpcWebTransport } from '../lib/grpc.mjs';
import { watchPace } from '../lib/pace.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, once, openPlace, renameFacility, slotsOf } from '../lib/world.mjs';

const BOOKING = 'jinhuan.resource.v1.Booking';

let suite;
let street;
let staff;
let slot;
let place;
before(async () => {
  suite = await Suite.start('events');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  place = await openPlace(suite, street, { capacity: 2000 });
  slot = (await slotsOf(suite, staff, place.facility)).at(-1);
});
after(() => suite?.end());

const listener = async (login, filter, way = connectTransport) =>
  new Listener(way(suite, await suite.token(suite.account(login))), filter);
const started = async (...given) => {
  const made = await listener(...given);
  assert.equal(await made.start(), undefined);
  return made;
};
// Changes what all of the alliance may read; people book only so many times a day.
const change = () => renameFacility(street, place.facility);
const changesIn = ({ events }) => events.filter(({ resource }) => resource === place.facility).length;

test('who may read a booking is told of it, and nobody else', async () => {
  const [own, admin, other, auditor] = await Promise.all(
    ['staff1', 'street', 'staff2', 'AUDIT_ADMIN'].map((login) => started(login)),
  );
  const made = await book(suite, staff, slot);
  const told = (one) => one.listen(() => one.has(made.name));
  assert.equal(await told(own), undefined);
  assert.equal(await told(admin), undefined);
  // What all of the alliance may read comes after it; by then the booking would have come.
  await change();
  assert.equal(await other.listen(() => other.has(place.facility)), undefined);
  assert.ok(!other.has(made.name));
  await auditor.listen(() => false, AbortSignal.timeout(500));
  assert.deepEqual(auditor.events, []);
  const [event] = own.events.filter(({ resource }) => resource === made.name);
  assert.equal(event.kind, BOOKING);
  assert.ok(event.number > 0n);
  assert.ok(Math.abs(Number(event.time.seconds) * 1000 - Date.now()) < 30e3);
});

test('kinds and resources are chosen', async () => {
  const bookings = await started('street', { kinds: [BOOKING] });
  const facility = await started('street', { resources: [place.facility] });
  const neither = await started('street', { kinds: [BOOKING], resources: [place.facility] });
  await change();
  const made = await book(suite, staff, slot);
  await bookings.listen(() => bookings.has(made.name));
  await facility.listen(() => facility.has(place.facility));
  await neither.listen(() => false, AbortSignal.timeout(500));
  assert.ok(bookings.events.every(({ kind }) => kind === BOOKING));
  assert.ok(facility.events.every(({ resource }) => resource.startsWith(place.facility)));
  assert.deepEqual(neither.events, []);
});

test('what can not be asked for is refused', async () => {
  const refusal = async (filter, token = '') => {
    const asked = await listener('staff1', filter);
    asked.token = token;
    const { code, reason, fields } = await asked.start();
    return [code, reason, ...fields];
  };
  assert.deepEqual(await refusal({}, 'nonsense'), ['InvalidArgument', 'FIELD_INVALID', 'resume_token']);
  assert.deepEqual(await refusal({ kinds: ['jinhuan.resource.v1.Nothing'] }), ['InvalidArgument', 'FIELD_INVALID', 'kinds']);
  assert.deepEqual(await refusal({ resources: [''] }), ['InvalidArgument', 'FIELD_INVALID', 'resources']);
  assert.deepEqual(await refusal({}, '9000000.9000000.9000000'), ['OutOfRange', 'NUMBER_OUT_OF_RANGE']);
  const nobody = new Listener(connectTransport(suite, undefined));
  assert.equal((await nobody.start()).reason, 'SIGN_IN_REQUIRED');
});

test('fifty forced disconnects lose nothing, repeat nothing and change no order', async () => {
  const ways = [connectTransport, grpcWebTransport, grpcTransport];
  const token = await suite.token(suite.account('street'));
  const transports = ways.map((way) => way(suite, token));
  const follows = new Listener(transports[0]);
  await follows.start();
  let made = 0;
  let stop = false;
  const changing = (async () => {
    for (; !stop; ++made) await change();
  })();
  for (let cut = 0; cut < 50; ++cut) {
    const socket = new AbortController();
    const next = new Listener(transports[cut % ways.length]);
    next.token = follows.token;
    const wanted = 1 + (cut % 4);
    // The connection is cut while messages are on their way.
    await next.listen(({ events }) => events.length >= wanted && socket.abort(), AbortSignal.any([socket.signal, AbortSignal.timeout(30e3)]));
    follows.events.push(...next.events);
    follows.token = next.token;
  }
  stop = true;
  await changing;
  assert.ok(made >= 50);
  if (changesIn(follows) < made) await follows.listen((heard) => changesIn(heard) >= made);
  // What comes after the last one is heard, too: nothing came twice.
  const last = await book(suite, staff, slot);
  assert.equal(await follows.listen(() => follows.has(last.name)), undefined);
  assert.equal(changesIn(follows), made);
  assert.ok(isInOrder(follows.events));
});

test('a client comes back after the gateway was killed, and has missed nothing', async () => {
  const follows = await started('street');
  const before = await book(suite, staff, slot);
  await follows.listen(() => follows.has(before.name));
  const up = suite.takeDown('gateway');
  await up();
  const between = await again(() => book(suite, staff, slot));
  assert.equal(await again(async () => {
    const end = await follows.listen(() => follows.has(between.name));
    if (end?.code === 'Unavailable') throw new Error('not there yet');
    return end;
  }), undefined);
  assert.ok(isInOrder(follows.events));
});

test('a session that ends, ends its streams', async () => {
  const token = await suite.token(suite.account('staff2'));
  const follows = new Listener(connectTransport(suite, token));
  await follows.start();
  const end = follows.listen(() => false);
  const person = await suite.as('staff2');
  person.token = token;
  await person.call('alliance.v1.AuthService/SignOut');
  const { code, reason } = await end;
  assert.deepEqual([code, reason], ['Unauthenticated', 'SIGN_IN_REQUIRED']);
});

// Reads a stream to its end; `opened` settles with its first message, `end` with how and
// when it ended.
function follow(messages) {
  let opened;
  const first = new Promise((resolve) => (opened = resolve));
  const reading = (async () => {
    for await (const message of messages) opened(message);
  })();
  return { opened: first, end: failure(reading).then(({ code, reason }) => ({ code, reason, at: Date.now() })) };
}

test('who loses a role, loses what it watches within 5 s', async () => {
  const alliance = suite.demo.alliance;
  const [watcher, auditor] = await Promise.all([person(suite, 'STREET_ADMIN', { alliance }), person(suite, 'AUDIT_ADMIN')]);
  const both = [connectTransport, grpcTransport];
  const pace = await watchPace(suite);
  const soon = () => ({ signal: AbortSignal.timeout(60e3) });
  const watch = () => both.map((way) => createClient(EventService, way(suite, watcher.token)).watch({}, soon()));
  const entries = () =>
    both.map((way) => createClient(JournalService, way(suite, auditor.token)).watchEntries({ startNumber: 1n }, soon()));
  const streams = [...watch(), ...entries()].map(follow);
  await Promise.all(streams.map(({ opened }) => opened));
  const security = await suite.as('SECURITY_ADMIN');
  const take = (name, grant) => security.call('alliance.v1.UserService/RevokeRole', { name, grant, requestId: once() });
  await take(watcher.user, { role: 'ROLE_STREET_ADMIN', alliance });
  await take(auditor.user, { role: 'ROLE_AUDIT_ADMIN' });
  const taken = Date.now();
  const ends = await Promise.all(streams.map(({ end }) => end));
  const allowed = await pace(5000);
  for (const { code, reason, at } of ends) {
    // Whoever it is now is judged when it comes back.
    assert.deepEqual([code, reason], ['Unavailable', 'UNAVAILABLE']);
    assert.ok(at - taken < allowed, `${at - taken} of ${allowed} ms`);
  }
  for (const { end } of entries().map(follow)) assert.equal((await end).code, 'PermissionDenied');
  const [still, other] = [new Listener(connectTransport(suite, watcher.token)), await started('street')];
  await still.start();
  await change();
  assert.equal(await other.listen(() => other.has(place.facility)), undefined);
  await still.listen(() => false, AbortSignal.timeout(500));
  assert.deepEqual(still.events, []);
});

test('who does not read holds up nobody', async () => {
  const token = await suite.token(suite.account('street'));
  const { hostname, port } = new URL(suite.http);
  const body = Buffer.concat([Buffer.from([0, 0, 0, 0, 2]), Buffer.from('{}')]);
  const deaf = Array.from({ length: 20 }, () => {
    const socket = connect(port, hostname).pause();
    socket.write(
      `POST /jinhuan.gateway.v1.EventService/Watch HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/connect+json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    return socket.write(body) && socket;
  });
  const follows = await started('street');
  for (let i = 0; i < 40; ++i) await change();
  const pace = await watchPace(suite);
  const start = Date.now();
  assert.equal(await follows.listen((heard) => changesIn(heard) >= 40), undefined);
  const took = Date.now() - start;
  const allowed = await pace(2000);
  assert.ok(took < allowed, `${took} of ${allowed} ms`);
  for (const socket of deaf) socket.destroy();
});

// Tries until it succeeds; gives up with the last error after 30 s.
async function again(call) {
  const deadline = Date.now() + 30e3;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50); // a client's back-off
    }
  }
}
