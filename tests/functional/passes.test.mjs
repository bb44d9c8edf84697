// Passes through the gateway: a month for one plate, beside bookings, closures and the gate.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../lib/door.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, book, once, openPassPark, shanghaiDate, slotAgain, slotsOf } from '../lib/world.mjs';

const SERVICE = 'resource.v1.BookingService';
let suite;
let street;
let staff;
let other;
let plates = 0;
before(async () => {
  suite = await Suite.start('passes');
  [street, staff, other] = await Promise.all(['street', 'staff1', 'staff2'].map((login) => suite.as(login)));
});
after(() => suite?.end());

const plate = () => `沪A${String(++plates).padStart(5, '0')}`;
const make = (caller, window, more = {}) =>
  caller.call(`${SERVICE}/CreatePass`, {
    parent: suite.demo.alliance,
    pass: { windows: [window], plate: plate(), startDate: shanghaiDate(1), endDate: shanghaiDate(10), ...more },
    requestId: once(),
  });
const daysOf = (caller, pass) =>
  all(caller, `${SERVICE}/ListBookings`, 'bookings', { parent: suite.demo.alliance, pass });
const freeIn = async (facility) => {
  const slots = await slotsOf(suite, staff, facility);
  return slots.slice(1).map(({ free = 0 }) => free);
};

test('a pass holds a place every day, and gives back what is left of it', async () => {
  const { facility, window } = await openPassPark(suite, street, { capacity: 2 });
  const request = {
    parent: suite.demo.alliance,
    pass: { windows: [window], plate: '沪a-00999', startDate: shanghaiDate(0), endDate: shanghaiDate(9) },
    requestId: once(),
  };
  const pass = await staff.call(`${SERVICE}/CreatePass`, request);
  assert.deepEqual(await staff.call(`${SERVICE}/CreatePass`, request), pass);
  assert.equal(pass.plate, '沪A00999');
  assert.equal(pass.state, 'STATE_ACTIVE');
  assert.equal(pass.priceFen, String(pass.days * 500));
  assert.ok((await freeIn(facility)).every((free) => free === 1));
  const days = await daysOf(staff, pass.name);
  assert.equal(days.length, pass.days);
  assert.ok(days.every((day) => day.pass === pass.name && day.plate === pass.plate));
  await assert.rejects(daysOf(other, pass.name), { reason: 'RESOURCE_NOT_FOUND' });
  await assert.rejects(make(other, window, { plate: pass.plate }), { reason: 'PASS_OVERLAPS' });

  const mine = await all(staff, `${SERVICE}/ListPasses`, 'passes', { parent: suite.demo.alliance, mine: true });
  assert.ok(mine.some(({ name }) => name === pass.name));
  const done = await staff.call(`${SERVICE}/CancelPass`, { name: pass.name, requestId: once() });
  assert.equal(done.state, 'STATE_CANCELLED');
  // The day under way is used to its end.
  assert.ok((await freeIn(facility)).slice(12).every((free) => free === 2));
  await assert.rejects(staff.call(`${SERVICE}/CancelPass`, { name: pass.name, requestId: once() }), {
    reason: 'STATE_WRONG',
  });
});

test('20 people and 5 places: 5 passes, or bookings in their stead, and never more', async () => {
  const { facility, window } = await openPassPark(suite, street, { capacity: 5 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) =>
      i % 2 ? make(i % 4 === 1 ? staff : other, window) : book(suite, staff, slot, { plate: plate() }),
    ),
  );
  const made = answers.filter(({ status }) => status === 'fulfilled');
  for (const { reason } of answers.filter(({ status }) => status === 'rejected')) {
    assert.ok(['SLOT_FULL', 'CONFLICT'].includes(reason.reason), reason.reason);
  }
  assert.ok(made.length <= 5);
  const last = await slotAgain(suite, staff, facility, slot);
  assert.equal(last.free ?? 0, 5 - made.length);
});

test('a closure says which passes it takes days from', async () => {
  const { facility, window } = await openPassPark(suite, street);
  const pass = await make(staff, window);
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const request = {
    parent: facility,
    closure: { startTime: slot.startTime, endTime: slot.endTime, reason: '消防检修' },
  };
  const preview = await street.call('resource.v1.FacilityService/CreateClosure', { ...request, validateOnly: true });
  assert.deepEqual(preview.touched.passes, [{ name: pass.name, plate: pass.plate, days: 1 }]);
  await street.call('resource.v1.FacilityService/CreateClosure', { ...request, recall: true, requestId: once() });
  const now = await staff.call(`${SERVICE}/GetPass`, { name: pass.name });
  assert.equal(now.daysRecalled, 1);
  assert.equal(now.daysLeft, pass.days - 1);

  // Whoever has it is told of it as one.
  const told = async () =>
    (await all(staff, 'meeting.v1.NoticeService/ListNotices', 'notices', {})).filter((one) =>
      /因停用被收回：消防检修/.test(one.text),
    );
  await eventually(async () => (await told()).length > 0);
  const before = (await told()).length;
  assert.ok(now.daysLeft > 1);
  await street.call('resource.v1.FacilityService/CreateClosure', {
    parent: facility,
    closure: {
      startTime: new Date(Date.now() + 60_000).toISOString(),
      endTime: new Date(Date.now() + 40 * 86_400_000).toISOString(),
      reason: '消防检修',
    },
    recall: true,
    requestId: once(),
  });
  await eventually(async () => (await told()).length > before);
  const ofPass = (await told()).filter((one) => one.resource === pass.name);
  assert.equal(ofPass.length, 2);
  assert.match(ofPass[0].text, new RegExp(`月卡有 ${now.daysLeft} 天`));
});

test('at the gate a plate is known by its pass', async () => {
  const { facility, window } = await openPassPark(suite, street);
  const pass = await make(staff, window, { startDate: shanghaiDate(0) });
  const ask = (caller, asked) => caller.call(`${SERVICE}/CheckPlate`, { name: facility, plate: asked });
  const { bookings } = await ask(street, pass.plate);
  assert.equal(bookings[0].pass, pass.name);
  const here = await street.call(`${SERVICE}/CheckIn`, { name: bookings[0].name, requestId: once() });
  assert.equal(here.state, 'STATE_CHECKED_IN');
  assert.deepEqual(await ask(street, '沪Z99999'), {});
  await assert.rejects(ask(street, '沪O'), { reason: 'PLATE_INVALID' });
  await assert.rejects(ask(await suite.as('liaison2'), pass.plate), { reason: 'RESOURCE_NOT_FOUND' });
});
