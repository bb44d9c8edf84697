// Processes are killed in the middle of their work: nothing that was acknowledged
// is lost, nothing happens twice, and everything comes back by itself.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../../deploy/demo/api.mjs';
import { Suite, withinAnHour } from '../lib/suite.mjs';
import { all, bookingOf, bookingsOf, openPlace, slotAgain, slotsOf, withoutCharterQuotas } from '../lib/world.mjs';

let suite;
let street;
let staff;
let first; // ms of the first start, which has more to do: a machine that is busy takes longer for both
before(async () => {
  suite = await Suite.start('faults');
  first = Number(/serving in ([\d.]+) s/.exec(suite.output)[1]) * 1000;
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  await withoutCharterQuotas(suite, street);
});
after(() => suite?.end());

const CREATE = 'resource.v1.BookingService/CreateBooking';
const GIVE_UP = 60e3; // ms until a service must be back

// Whether the write may be sent again: its outcome is not known, or it did not
// happen. Anything else is an answer.
const unsettled = (error) =>
  error.code === undefined || ['unavailable', 'aborted', 'unknown', 'deadline_exceeded'].includes(error.code);

// Sends a request until it is answered; counts how often it had to.
async function insist(caller, method, request, counts) {
  const deadline = Date.now() + GIVE_UP;
  for (;;) {
    try {
      return await caller.call(method, request);
    } catch (error) {
      if (!unsettled(error) || Date.now() > deadline) throw error;
      ++counts.again;
      await pause(50); // a client's back-off
    }
  }
}

// 400 bookings by 16 clients, with `victim` killed three times on the way; then
// what clients were told is compared with what is stored.
async function stormWhileKilling(victim) {
  const { facility, window } = await openPlace(suite, street, { capacity: 400 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const counts = { again: 0 };
  const killAt = new Set([60, 160, 260]);
  let done = 0;
  const answers = await inParallel(16, Array.from({ length: 400 }), async () => {
    const request = bookingOf(suite, slot);
    const answer = await insist(staff, CREATE, request, counts);
    if (killAt.has(++done)) suite.kill(victim);
    return { request, answer };
  });
  assert.ok(counts.again > 0, 'no call was hit: the kills came to nothing');
  const stored = await insistOnList(window);
  assert.deepEqual(stored.map(({ name }) => name).sort(), answers.map(({ answer }) => answer.name).sort());
  const seen = await slotAgain(suite, staff, facility, slot);
  assert.equal(seen.free ?? 0, 0, 'the count of used places differs from the bookings');
  for (const { request, answer } of answers.slice(0, 20)) {
    assert.deepEqual(await staff.call(CREATE, request), answer, 'a repeat is answered differently');
  }
}

async function insistOnList(window) {
  const deadline = Date.now() + GIVE_UP;
  for (;;) {
    try {
      return await bookingsOf(suite, street, window);
    } catch (error) {
      if (!unsettled(error) || Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}

test('resource-svc is killed three times in a storm of bookings', () => stormWhileKilling('resource-svc'));

test('the database is killed three times in a storm of bookings', () => stormWhileKilling('database'));

test('the gateway is killed three times in a storm of bookings', () => stormWhileKilling('gateway'));

test('the journal tells every booking exactly once, numbered without a gap', async () => {
  const auditor = await suite.as('audit');
  const entries = await all(auditor, 'resource.v1.JournalService/ListEntries', 'entries', {
    alliance: suite.demo.alliance,
  });
  const bookings = await all(street, 'resource.v1.BookingService/ListBookings', 'bookings', {
    parent: suite.demo.alliance,
  });
  // By whichever method: the days of a pass are bookings too, and so are the wins of a draw.
  const created = entries.filter(({ resource, before }) => /\/bookings\/[^/]+$/.test(resource) && !before);
  assert.deepEqual(
    created.map(({ resource }) => resource).sort(),
    bookings.map(({ name }) => name).sort(),
  );
  entries.forEach(({ number }, index) => assert.equal(Number(number), index + 1));
});

test('a restart of everything keeps everything, and serves within 10 s', async () => {
  const list = (caller) =>
    Promise.all([
      all(caller, 'resource.v1.BookingService/ListBookings', 'bookings', { parent: suite.demo.alliance }),
      all(caller, 'alliance.v1.MemberService/ListMembers', 'members', { parent: suite.demo.alliance }),
      all(caller, 'meeting.v1.MeetingService/ListMeetings', 'meetings', { parent: suite.demo.alliance }),
    ]);
  await withinAnHour(); // with which bookings end
  const before = await list(street);
  await suite.down();
  assert.match(suite.output, /stopping\n$/, 'something did not end by itself');
  const begun = Date.now();
  await suite.up();
  const took = Date.now() - begun;
  assert.ok(took < Math.max(10e3, first), `it took ${took} ms`);
  assert.doesNotMatch(suite.output, /loading the demo/);
  street.http = suite.http; // the session outlives the restart, the port does not
  assert.deepEqual(await list(street), before);
});
