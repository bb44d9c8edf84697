// Booking, as the portal does it: what was booked is listed, never more than there
// is room for, and a repeated request books once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inParallel } from '../../deploy/demo/api.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, book, bookingOf, bookingsOf, once, openPlace, slotAgain, slotsOf } from '../lib/world.mjs';

let suite;
let street;
let staff;
before(async () => {
  suite = await Suite.start('booking');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
});
after(() => suite?.end());

const CREATE = 'resource.v1.BookingService/CreateBooking';

test('a place that is booked is in the list of who booked it', async () => {
  const { facility, window } = await openPlace(suite, street);
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const made = await book(suite, staff, slot, { quantity: 3 });
  assert.equal(made.state, 'STATE_CONFIRMED');
  assert.equal(made.member, suite.account('staff1').member);
  const { bookings } = await staff.call('resource.v1.BookingService/ListBookings', {
    parent: suite.demo.alliance,
    mine: true,
    pageSize: 1000,
  });
  assert.deepEqual(bookings.find(({ name }) => name === made.name), made);
  const seen = await slotAgain(suite, staff, facility, slot);
  assert.equal(seen.capacity - (seen.free ?? 0), 3);
  assert.equal(seen.window, window);
});

test('a booking that is cancelled gives its place back once', async () => {
  const { facility } = await openPlace(suite, street, { capacity: 2 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const made = await book(suite, staff, slot);
  const cancel = () =>
    staff.call('resource.v1.BookingService/CancelBooking', { name: made.name, requestId: once() });
  const answers = await Promise.allSettled(Array.from({ length: 8 }, cancel));
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const { reason } of answers.filter(({ status }) => status === 'rejected')) {
    assert.equal(reason.reason, 'STATE_WRONG');
  }
  assert.equal((await slotAgain(suite, staff, facility, slot)).free, 2);
});

test('64 clients, 1000 attempts at 20 places: exactly 20 bookings', async () => {
  const { facility, window } = await openPlace(suite, street, { capacity: 20 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const callers = await Promise.all(
    ['staff1', 'staff2', 'staff3', 'staff4', 'liaison1', 'liaison2'].map((login) => suite.as(login)),
  );
  const outcomes = await inParallel(64, Array.from({ length: 1000 }), async (_, index) => {
    try {
      return (await book(suite, callers[index % callers.length], slot)).name;
    } catch (error) {
      return error;
    }
  });
  const made = outcomes.filter((outcome) => typeof outcome === 'string');
  const refused = outcomes.filter((outcome) => typeof outcome !== 'string');
  assert.equal(new Set(made).size, 20);
  assert.deepEqual([...new Set(refused.map(({ reason }) => reason))], ['SLOT_FULL']);
  const stored = await bookingsOf(suite, street, window);
  assert.deepEqual(stored.map(({ name }) => name).sort(), made.sort());
  const seen = await slotAgain(suite, staff, facility, slot);
  assert.equal(seen.free ?? 0, 0);
  assert.equal(seen.state, 'STATE_FULL');
});

test('a request sent five times at once books once, with five equal answers', async () => {
  const { facility, window } = await openPlace(suite, street);
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const request = bookingOf(suite, slot);
  const answers = await Promise.all(Array.from({ length: 5 }, () => staff.call(CREATE, request)));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal((await bookingsOf(suite, street, window)).length, 1);
  assert.deepEqual(await staff.call(CREATE, request), answers[0]);
});

test('a request id that was used for something else is refused', async () => {
  const { facility } = await openPlace(suite, street);
  const [first, second] = (await slotsOf(suite, staff, facility)).slice(-2);
  const requestId = once();
  await book(suite, staff, first, { requestId });
  await assert.rejects(book(suite, staff, second, { requestId }), { reason: 'REQUEST_ID_REUSED' });
});

test('quotas count under a race, and a cancelled booking counts no more', async () => {
  const { facility, window } = await openPlace(suite, street, {
    capacity: 1000,
    quotas: [{ subject: 'QUOTA_SUBJECT_PERSON', period: 'QUOTA_PERIOD_DAY', limit: 3 }],
  });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => book(suite, staff, slot)));
  const made = outcomes.filter(({ status }) => status === 'fulfilled');
  assert.equal(made.length, 3);
  for (const { reason } of outcomes.filter(({ status }) => status === 'rejected')) {
    assert.equal(reason.reason, 'QUOTA_USED_UP');
  }
  await staff.call('resource.v1.BookingService/CancelBooking', {
    name: made[0].value.name,
    requestId: once(),
  });
  await book(suite, staff, slot);
  assert.equal((await bookingsOf(suite, street, window)).length, 3);
});

test('a list pages without a gap or a repeat', async () => {
  const { facility, window } = await openPlace(suite, street, { capacity: 100 });
  const slots = await slotsOf(suite, staff, facility);
  await inParallel(8, Array.from({ length: 40 }), (_, i) => book(suite, staff, slots[i % slots.length]));
  const names = [];
  let pageToken = '';
  do {
    const page = await street.call('resource.v1.BookingService/ListBookings', {
      parent: suite.demo.alliance,
      pageSize: 7,
      pageToken,
    });
    assert.ok(page.bookings.length <= 7);
    names.push(...page.bookings.map((booking) => booking.name));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  assert.equal(new Set(names).size, names.length);
  assert.equal(names.length, (await all(street, 'resource.v1.BookingService/ListBookings', 'bookings', {
    parent: suite.demo.alliance,
  })).length);
  assert.ok((await bookingsOf(suite, street, window)).every(({ name }) => names.includes(name)));
});
