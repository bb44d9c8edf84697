// The life of a booking through the API: approval, check-in, the waiting line, groups.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Suite, withinAnHour } from '../lib/suite.mjs';
import { book, bookingOf, once, openPlace, slotAgain, slotsOf } from '../lib/world.mjs';

const SERVICE = 'resource.v1.BookingService';

let suite;
let street;
let staff;
let other;
before(async () => {
  suite = await Suite.start('booking-life');
  [street, staff, other] = await Promise.all(['street', 'staff1', 'staff2'].map((login) => suite.as(login)));
});
after(() => suite?.end());

const step = (caller, method, booking, more = {}) =>
  caller.call(`${SERVICE}/${method}`, { name: booking.name, requestId: once(), ...more });
const get = (booking) => street.call(`${SERVICE}/GetBooking`, { name: booking.name });
const lastSlot = async (facility) => (await slotsOf(suite, staff, facility)).at(-1);

test('a window that asks for approval books as pending, and the lender decides', async () => {
  const { facility } = await openPlace(suite, street, { capacity: 1, approvalRequired: true });
  const slot = await lastSlot(facility);
  const asked = await book(suite, staff, slot);
  assert.equal(asked.state, 'STATE_PENDING');
  assert.ok(asked.expireTime);
  await assert.rejects(book(suite, other, slot), { reason: 'SLOT_FULL' });
  await assert.rejects(step(staff, 'ApproveBooking', asked), { reason: 'ROLE_REQUIRED' });
  await assert.rejects(step(street, 'RejectBooking', asked), { reason: 'FIELD_REQUIRED' });
  const refused = await step(street, 'RejectBooking', asked, { reason: '当日有活动' });
  assert.equal(refused.state, 'STATE_REJECTED');
  const again = await book(suite, other, slot);
  const requestId = once();
  const approved = await step(street, 'ApproveBooking', again, { requestId });
  assert.equal(approved.state, 'STATE_CONFIRMED');
  assert.deepEqual(await step(street, 'ApproveBooking', again, { requestId }), approved);
  await assert.rejects(step(street, 'ApproveBooking', again), { reason: 'STATE_WRONG' });
});

test('who joined first is offered what comes free, accepts, and the next moves up', async () => {
  const { facility } = await openPlace(suite, street, { capacity: 1 });
  const slot = await lastSlot(facility);
  const held = await book(suite, staff, slot);
  const wait = async (caller) =>
    caller.call(`${SERVICE}/CreateBooking`, { ...bookingOf(suite, slot), joinWaitlist: true });
  const first = await wait(other);
  const second = await wait(staff);
  assert.equal(first.state, 'STATE_WAITLISTED');
  assert.equal((await get(second)).waitlistPosition, 2);
  await step(staff, 'CancelBooking', held);
  assert.equal((await get(first)).state, 'STATE_OFFERED');
  assert.equal((await get(second)).waitlistPosition, 1);
  await assert.rejects(book(suite, street, slot, { member: held.member }), { reason: 'SLOT_FULL' });
  assert.equal((await step(other, 'AcceptOffer', first)).state, 'STATE_CONFIRMED');
  await assert.rejects(step(other, 'AcceptOffer', first), { reason: 'STATE_WRONG' });
  await step(other, 'CancelBooking', first);
  assert.equal((await get(second)).state, 'STATE_OFFERED');
});

test('check-in by the code that is shown, by the QR code, and out again', async () => {
  await withinAnHour();
  const { facility } = await openPlace(suite, street, { graceMinutes: 1440 });
  const slots = await slotsOf(suite, staff, facility);
  const begun = slots.find(({ startTime }) => Date.parse(startTime) <= Date.now());
  const [byCode, byQr] = [await book(suite, staff, begun), await book(suite, staff, begun)];
  const { code } = await street.call(`${SERVICE}/GetCheckInCode`, { name: facility });
  assert.match(code, /^\d{6}$/);
  const wrong = code === '000000' ? '000001' : '000000';
  await assert.rejects(step(staff, 'CheckIn', byCode, { code: wrong }), { reason: 'CHECK_IN_CODE_WRONG' });
  await assert.rejects(step(staff, 'CheckIn', byCode), { reason: 'FIELD_REQUIRED' });
  assert.equal((await step(staff, 'CheckIn', byCode, { code })).state, 'STATE_CHECKED_IN');
  const { token } = await staff.call(`${SERVICE}/GetCheckInToken`, { name: byQr.name });
  await assert.rejects(step(street, 'CheckIn', byQr, { token: `${token}0` }), {
    reason: 'CHECK_IN_TOKEN_INVALID',
  });
  assert.equal((await step(street, 'CheckIn', byQr, { token })).state, 'STATE_CHECKED_IN');
  const out = await step(staff, 'CheckOut', byCode);
  assert.equal(out.state, 'STATE_COMPLETED');
  assert.ok(out.checkOutTime);
});

test('a group is booked whole or not at all', async () => {
  const { facility } = await openPlace(suite, street, { capacity: 3 });
  const slot = await lastSlot(facility);
  const group = (n) =>
    staff.call(`${SERVICE}/BatchCreateBookings`, {
      parent: suite.demo.alliance,
      requests: Array.from({ length: n }, () => ({ booking: bookingOf(suite, slot).booking })),
      requestId: once(),
    });
  await assert.rejects(group(4), { reason: 'SLOT_FULL' });
  assert.equal((await slotAgain(suite, staff, facility, slot)).free, 3);
  assert.equal((await group(3)).bookings.length, 3);
  assert.equal((await slotAgain(suite, staff, facility, slot)).free ?? 0, 0);
});
