// The calendar link: everything a person is in, in a program that knows no password.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newAlliance, person } from '../lib/alliances.mjs';
import { request } from '../lib/http.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, once, openPlace, slotsOf } from '../lib/world.mjs';

let suite;
let liaison;
before(async () => {
  suite = await Suite.start('calendar');
  liaison = await suite.as('liaison1');
});
after(() => suite?.end());

const CALENDARS = 'alliance.v1.CalendarService';
const link = async () => (await liaison.call(`${CALENDARS}/CreateCalendarLink`, { requestId: once() })).path;
const read = (path, more = {}) => request(suite.http + path, { method: 'GET', ...more });
// Lines as they were before they were folded.
const lines = (text) => text.replaceAll('\r\n ', '').split('\r\n');

test('shows chair terms, meetings and bookings, without a sign-in', async () => {
  const street = await suite.as('street');
  const { facility } = await openPlace(suite, street);
  const slot = (await slotsOf(suite, liaison, facility)).at(-1);
  const booking = await book(suite, liaison, slot);
  const answer = await read(await link());
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^text\/calendar/);
  const found = lines(answer.text);
  assert.ok(found.includes(`UID:${booking.name}@jinhuan`));
  for (const what of ['/bookings/', '/meetings/', '/chairTerms/']) {
    assert.ok(found.some((line) => line.startsWith('UID:') && line.includes(what)), `no ${what}`);
  }
  assert.ok(found.includes('TZID:Asia/Shanghai'));
});

// RFC 5545, 3.8.7.2: when the information was created or revised, which was not in the
// future.
test('every entry is stamped with when it came to be, not with when it is', async () => {
  const stamps = lines((await read(await link())).text).filter((line) => line.startsWith('DTSTAMP:'));
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  assert.ok(stamps.length > 5);
  assert.deepEqual(stamps.filter((stamp) => stamp.slice('DTSTAMP:'.length) > now), []);
});

test('a calendar of several alliances is the same whichever answers first', async () => {
  const [first, second] = [await newAlliance(suite, 1), await newAlliance(suite, 1)];
  const both = await person(suite, 'LIAISON', { alliance: first.name, member: first.members[0].name });
  const security = await suite.as('SECURITY_ADMIN');
  await security.call('alliance.v1.UserService/GrantRole', {
    name: both.user,
    grant: { role: 'ROLE_STAFF', alliance: second.name, member: second.members[0].name },
    requestId: once(),
  });
  const { path } = await both.call(`${CALENDARS}/CreateCalendarLink`, { requestId: once() });
  const answers = await Promise.all(Array.from({ length: 20 }, () => read(path)));
  const names = answers.map(({ text }) => lines(text).find((line) => line.startsWith('NAME:')));
  const { alliances } = await (await suite.as('SYSTEM_ADMIN')).call('alliance.v1.AllianceService/ListAlliances', {
    pageSize: 1000,
  });
  const title = (name) => alliances.find((one) => one.name === name).displayName;
  assert.deepEqual([...new Set(names)], [`NAME:${title(first.name)} · ${title(second.name)}`]);
  assert.equal(new Set(answers.map(({ headers }) => headers.etag)).size, 1);
});

test('the same again is not sent again', async () => {
  const path = await link();
  const { headers } = await read(path);
  const again = await read(path, { headers: { 'if-none-match': headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
});

test('what is cancelled goes, and what stays keeps its identity', async () => {
  const street = await suite.as('street');
  const { facility } = await openPlace(suite, street);
  const slot = (await slotsOf(suite, liaison, facility)).at(-1);
  const booking = await book(suite, liaison, slot);
  const path = await link();
  const uids = async () => lines((await read(path)).text).filter((line) => line.startsWith('UID:'));
  const before = await uids();
  await liaison.call('resource.v1.BookingService/CancelBooking', { name: booking.name, requestId: once() });
  const mark = `UID:${booking.name}@jinhuan`;
  assert.ok(before.includes(mark));
  assert.deepEqual(await uids(), before.filter((uid) => uid !== mark));
});

test('a new link ends the old one, and a revoked one shows nothing', async () => {
  const first = await link();
  const second = await link();
  assert.equal((await read(first)).status, 404);
  assert.equal((await read(second)).status, 200);
  await liaison.call(`${CALENDARS}/RevokeCalendarLink`, { requestId: once() });
  assert.equal((await read(second)).status, 404);
});

test('what is no link is none', async () => {
  for (const path of ['/calendars/.ics', '/calendars/x.ics', '/calendars/..%2f..%2fetc.ics', '/calendars/']) {
    assert.equal((await read(path)).status, 404, path);
  }
  assert.equal((await request(`${suite.http}/calendars/x.ics`, { method: 'DELETE' })).status, 405);
});

test('when a service is away the program keeps what it has', async () => {
  const path = await link();
  suite.kill('meeting-svc');
  const answer = await read(path);
  assert.equal(answer.status, 503);
  assert.ok(answer.headers['retry-after']);
});
