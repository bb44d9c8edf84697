// Canteens through the API: menus, and one place for each person and meal.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person } from '../lib/alliances.mjs';
import { Suite } from '../lib/suite.mjs';
import { DAY, book, bookingsOf, once, openCanteen, shanghaiDay, slotsOf } from '../lib/world.mjs';

const SERVICE = 'resource.v1.FacilityService';

let suite;
let street;
let staff;
let other;
let liaison;
before(async () => {
  suite = await Suite.start('canteen');
  street = await suite.as('street');
  // Who has booked nothing: those of the demo have had meals on the days ahead.
  const { alliance } = suite.demo;
  const { members } = await street.call('alliance.v1.MemberService/ListMembers', {
    parent: alliance,
    state: 'STATE_ACTIVE',
    pageSize: 3,
  });
  [staff, other, liaison] = await Promise.all(
    ['STAFF', 'STAFF', 'LIAISON'].map((role, i) => person(suite, role, { alliance, member: members[i].name })),
  );
});
after(() => suite?.end());

const tomorrowAt = (hour) => Date.parse(`${shanghaiDay(new Date(Date.now() + DAY))}T${hour}:00:00+08:00`);

// The two hours of tomorrow's lunch in each of two canteens of which the demo knows nothing.
async function twoCanteens() {
  const places = [await openCanteen(suite, street), await openCanteen(suite, street)];
  const slots = await Promise.all(places.map(({ facility }) => slotsOf(suite, staff, facility)));
  const lunch = [12, 13].map((hour) => tomorrowAt(hour));
  return { places, lunches: slots.map((one) => one.filter(({ startTime }) => lunch.includes(Date.parse(startTime)))) };
}

test('the demo says what it serves this week', async () => {
  const [startDate, endDate] = [0, 6].map((days) => {
    const day = new Date(Date.now() + (8 + days * 24) * 3600e3);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  });
  const { menus } = await staff.call(`${SERVICE}/ListMenus`, { parent: suite.demo.alliance, startDate, endDate });
  assert.ok(menus.length > 20);
  assert.ok(menus.every(({ dishes }) => dishes.length > 4));
});

test('only who lends a canteen says what it serves', async () => {
  const { window } = await openCanteen(suite, street);
  const day = shanghaiDay(new Date());
  const menu = { name: `${window}/menus/${day}`, dishes: [{ displayName: '葱油拌面', kind: 'DISH_KIND_STAPLE' }] };
  await assert.rejects(staff.call(`${SERVICE}/SetMenu`, { menu }), { reason: 'ROLE_REQUIRED' });
  await assert.rejects(liaison.call(`${SERVICE}/SetMenu`, { menu }), { reason: 'ROLE_REQUIRED' });
  const requestId = once();
  const said = await street.call(`${SERVICE}/SetMenu`, { menu, requestId });
  assert.equal(said.etag, '1');
  assert.deepEqual(await street.call(`${SERVICE}/SetMenu`, { menu, requestId }), said);
  await assert.rejects(street.call(`${SERVICE}/SetMenu`, { menu: { ...menu, etag: '9' } }), { reason: 'ETAG_STALE' });
});

test('nobody has two places of one lunch, in whichever canteen, also at once', async () => {
  const { places, lunches: [here, there] } = await twoCanteens();
  const answers = await Promise.allSettled(
    Array.from({ length: 16 }, (_, i) => book(suite, staff, (i % 2 ? here : there)[(i >> 1) % 2])),
  );
  const booked = answers.filter(({ status }) => status === 'fulfilled');
  assert.equal(booked.length, 1);
  assert.ok(answers.every(({ reason }) => !reason || reason.reason === 'MEAL_TAKEN'));
  const held = await Promise.all(places.map(({ window }) => bookingsOf(suite, street, window)));
  assert.equal(held.flat().length, 1);
  await staff.call('resource.v1.BookingService/CancelBooking', { name: booked[0].value.name, requestId: once() });
  const again = await book(suite, staff, there[0]);
  await staff.call('resource.v1.BookingService/CancelBooking', { name: again.name, requestId: once() });
});

test('guests eat once too, by name; a liaison may bring a number', async () => {
  const { lunches: [here, there] } = await twoCanteens();
  await assert.rejects(book(suite, staff, here[0], { quantity: 3 }), { reason: 'FIELD_REQUIRED' });
  await book(suite, staff, here[0], { quantity: 2, guests: ['王小芳'] });
  await assert.rejects(book(suite, staff, there[0]), { reason: 'MEAL_TAKEN' });
  // Of another unit, so another person.
  await book(suite, other, there[0], { quantity: 2, guests: ['王小芳'] });
  const group = await book(suite, liaison, there[1], { quantity: 5 });
  assert.equal(group.quantity, 5);
});
