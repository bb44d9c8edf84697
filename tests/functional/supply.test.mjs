// What is lent changes while people hold bookings: windows that shrink and end, closures
// that recall and offer another place, what is near.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Suite } from '../lib/suite.mjs';
import { DAY, all, book, bookingsOf, once, openPlace, slotAgain, slotsOf, withoutCharterQuotas } from '../lib/world.mjs';

const SERVICE = 'resource.v1.FacilityService';
let suite;
let street;
let staff;
before(async () => {
  suite = await Suite.start('supply');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  await withoutCharterQuotas(suite, street);
});
after(() => suite?.end());

const read = (name) => street.call('resource.v1.BookingService/GetBooking', { name });
const resize = (name, capacity, more = {}) =>
  street.call(`${SERVICE}/UpdateWindow`, {
    window: { name, capacity },
    updateMask: 'capacity',
    requestId: once(),
    ...more,
  });
const close = (facility, slot, more = {}, closure = {}) =>
  street.call(`${SERVICE}/CreateClosure`, {
    parent: facility,
    closure: { startTime: slot.startTime, endTime: slot.endTime, reason: '设备检修', ...closure },
    requestId: once(),
    ...more,
  });

test('a cut says whom it touches, is refused, and recalls when asked to', async () => {
  const { facility, window } = await openPlace(suite, street, { capacity: 3 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const made = [];
  for (let i = 0; i < 3; ++i) made.push(await book(suite, staff, slot));
  const preview = await resize(window, 1, { validateOnly: true, requestId: '' });
  assert.equal(preview.touched.count, 2);
  assert.deepEqual([...preview.touched.bookings].sort(), [made[1].name, made[2].name].sort());
  await assert.rejects(resize(window, 1), { reason: 'BOOKINGS_TOUCHED' });
  assert.equal((await bookingsOf(suite, street, window)).length, 3);
  const done = await resize(window, 1, { recall: true, reason: '厨房改造' });
  assert.equal(done.touched.count, 2);
  assert.equal((await read(made[0].name)).state, 'STATE_CONFIRMED');
  const recalled = await read(made[2].name);
  assert.equal(recalled.state, 'STATE_RECALLED');
  assert.equal(recalled.cancelReason, '厨房改造');
  await assert.rejects(book(suite, staff, slot), { reason: 'SLOT_FULL' });
});

test('a window that ends while 24 people book leaves nobody behind', async () => {
  const { facility, window } = await openPlace(suite, street, { capacity: 500 });
  const slots = await slotsOf(suite, staff, facility);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const [year, month, day] = today.split('-').map(Number);
  const callers = await Promise.all(['staff1', 'staff2', 'staff3', 'staff4'].map((login) => suite.as(login)));
  let end;
  let booked = 0;
  let refused = 0;
  // Ends it once they are at it.
  const counted = () => {
    if (++booked !== 40) return;
    end = street.call(`${SERVICE}/EndWindow`, {
      name: window,
      lastDate: { year, month, day },
      recall: true,
      reason: '收回自用',
      requestId: once(),
    });
  };
  await Promise.all(
    Array.from({ length: 24 }, async (_, i) => {
      for (let k = 0; k < 12; ++k) {
        try {
          await book(suite, callers[i % 4], slots[(i + k) % slots.length]);
          counted();
        } catch (error) {
          assert.ok(['WINDOW_CLOSED', 'TOO_LATE'].includes(error.reason), error.reason);
          ++refused;
        }
      }
    }),
  );
  assert.ok(refused > 0, 'nobody came after the end');
  assert.equal((await end).state, 'STATE_ENDED');
  const midnight = Date.parse(`${today}T00:00:00+08:00`) + DAY;
  const kept = await bookingsOf(suite, street, window);
  assert.ok(kept.every(({ startTime }) => Date.parse(startTime) < midnight));
  await assert.rejects(book(suite, staff, slots.at(-1)), { reason: 'WINDOW_CLOSED' });
});

test('a closure recalls each holder, says why, and offers the nearest place', async () => {
  const place = await openPlace(suite, street);
  const other = await openPlace(suite, street);
  const [facilities] = [await all(street, `${SERVICE}/ListFacilities`, 'facilities', { parent: suite.demo.alliance })];
  const put = (name, latitude) =>
    street.call(`${SERVICE}/UpdateFacility`, {
      facility: { name, location: { latitude, longitude: 121.44 }, etag: facilities.find((one) => one.name === name).etag },
      updateMask: 'location',
      requestId: once(),
    });
  await put(place.facility, 31.2);
  await put(other.facility, 31.2009);
  const slot = (await slotsOf(suite, staff, place.facility)).at(-1);
  const made = await book(suite, staff, slot);
  await assert.rejects(close(place.facility, slot), { reason: 'BOOKINGS_TOUCHED' });
  const closure = await close(place.facility, slot, {}, { emergency: true });
  assert.equal(closure.touched.count, 1);
  const recalled = await read(made.name);
  assert.equal(recalled.state, 'STATE_RECALLED');
  assert.equal(recalled.closure, closure.name);
  assert.equal(recalled.alternatives[0].window, other.window);
  assert.ok(Math.abs(recalled.alternatives[0].distanceM - 100) < 5);
  const seen = await slotAgain(suite, staff, place.facility, slot);
  assert.equal(seen.state, 'STATE_CLOSED');
  assert.equal(seen.closureReason, '设备检修');
  await book(suite, staff, { ...slot, window: recalled.alternatives[0].window });
  await street.call(`${SERVICE}/CancelClosure`, { name: closure.name, requestId: once() });
  assert.equal((await slotAgain(suite, staff, place.facility, slot)).state, 'STATE_BOOKABLE');
});

test('what is free near a place, of every kind, the nearest first', async () => {
  const near = { latitude: 31.2329, longitude: 121.4398 };
  const { facilities } = await staff.call('resource.v1.BookingService/SearchAvailability', {
    parent: suite.demo.alliance,
    startTime: new Date().toISOString(),
    endTime: new Date(Date.now() + 3 * DAY).toISOString(),
    near,
    radiusM: 800,
    bookableOnly: true,
  });
  assert.equal(facilities[0].facility.displayName, '金穗里街道公共停车场');
  const metres = facilities.map(({ distanceM = 0 }) => distanceM);
  assert.deepEqual(metres, metres.toSorted((a, b) => a - b));
  assert.ok(metres.every((one) => one <= 800));
  assert.ok(facilities.every(({ slots }) => slots.every(({ state }) => state === 'STATE_BOOKABLE')));
});

test('a unit that nobody knows lends nothing; a facility that is retired opens no more', async () => {
  await assert.rejects(
    street.call(`${SERVICE}/CreateFacility`, {
      parent: suite.demo.alliance,
      facility: { displayName: '无主', kind: 'FACILITY_KIND_VENUE', owner: `${suite.demo.alliance}/members/nobody` },
    }),
    { reason: 'RESOURCE_NOT_FOUND' },
  );
  const { facility } = await openPlace(suite, street);
  const retired = await street.call(`${SERVICE}/RetireFacility`, { name: facility, requestId: once() });
  assert.equal(retired.state, 'STATE_RETIRED');
  await assert.rejects(
    street.call(`${SERVICE}/RetireFacility`, { name: facility, requestId: once() }),
    { reason: 'STATE_WRONG' },
  );
});
