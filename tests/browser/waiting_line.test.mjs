// Journey 2 in a real browser: a full slot, the waiting line, promoted, accepted, also in the
// elder look by keyboard alone; and the lender's approval with one click.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DESK,
  PHONE,
  accessibilityFaults,
  clippedText,
  launch,
  lookFaults,
  openAs,
  picture,
  settle,
} from '../lib/browser.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { Suite, withinAnHour } from '../lib/suite.mjs';
import { book, once, openCanteen, openPlace, shanghaiDay, slotsOf } from '../lib/world.mjs';

const SERVICE = 'resource.v1.BookingService';

let suite;
let browser;
let street;
let staff;
before(async () => {
  suite = await Suite.start('waiting-line');
  [street, staff] = await Promise.all(['street', 'staff2'].map((login) => suite.as(login)));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// A slot of a meal of which nobody has a place: the demo books less far ahead.
async function mealAt(facility, hour) {
  const slots = await slotsOf(suite, staff, facility, 8);
  return slots.find(({ startTime }) => new Date(Date.parse(startTime) + 8 * 3600e3).getUTCHours() === hour);
}

test('a full slot is waited for, comes up by itself, and is accepted: four clicks', async () => {
  const { facility } = await openCanteen(suite, street, { capacity: 1 });
  const slot = await mealAt(facility, 12);
  const held = await book(suite, staff, slot);
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto(`/canteen?day=${shanghaiDay(slot.startTime)}`);
  await settle(page);
  let taps = 0;
  const tap = async (target) => {
    await target.tap();
    ++taps;
  };
  const start = new Date(slot.startTime).toISOString();
  await tap(page.locator(`[data-testid=slot][data-facility="${facility}"][data-start="${start}"]`));
  await page.getByText('加入候补').waitFor();
  await tap(page.getByTestId('confirm-booking'));
  await page.getByTestId('confirm-booking').waitFor({ state: 'hidden' });
  await tap(page.getByTestId('nav-mine'));
  const card = page
    .locator(`[data-testid=booking][data-start="${start}"]`)
    .filter({ hasText: held.facilityDisplayName });
  await card.and(page.locator('[data-state=waitlisted]')).waitFor();
  await card.getByText('候补第 1 位').waitFor();
  await picture(page, 'phone-waiting');

  await staff.call(`${SERVICE}/CancelBooking`, { name: held.name, requestId: once() });
  // Nothing is reloaded: the page sees it by itself.
  await card.and(page.locator('[data-state=offered]')).waitFor();
  await picture(page, 'phone-offered');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await tap(card.getByTestId('accept-offer'));
  await card.and(page.locator('[data-state=confirmed]')).waitFor();
  assert.equal(taps, 4);
  assert.deepEqual(page.problems, []);
});

test('the same in the elder look, by keyboard alone: four acts', async () => {
  const { facility, title } = await openCanteen(suite, street, { capacity: 1 });
  const slot = await mealAt(facility, 18);
  const held = await book(suite, staff, slot);
  const page = await openAs(browser, suite, undefined, PHONE);
  const keys = new Keyboard(page);
  await keys.signIn(suite.account('staff1'));
  await keys.chooseElder();
  await page.goto(`/canteen?day=${shanghaiDay(slot.startTime)}`);
  await settle(page);
  const start = new Date(slot.startTime).toISOString();
  await keys.act(page.locator(`[data-testid=slot][data-facility="${facility}"][data-start="${start}"]`));
  await page.getByText('加入候补').waitFor();
  await settle(page);
  assert.deepEqual(await clippedText(page), []);
  await keys.act(page.getByTestId('confirm-booking'));
  await page.getByTestId('confirm-booking').waitFor({ state: 'hidden' });
  await keys.act(page.getByTestId('nav-mine'), { back: true });
  const card = page.locator(`[data-testid=booking][data-start="${start}"]`).filter({ hasText: title });
  await card.and(page.locator('[data-state=waitlisted]')).waitFor();
  await staff.call(`${SERVICE}/CancelBooking`, { name: held.name, requestId: once() });
  await card.and(page.locator('[data-state=offered]')).waitFor();
  await picture(page, 'elder-keyboard-offered');
  assert.deepEqual(await lookFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await keys.act(card.getByTestId('accept-offer'));
  await card.and(page.locator('[data-state=confirmed]')).waitFor();
  assert.equal(keys.acts, 4);
  assert.deepEqual(page.problems, []);
});

test('the lender approves from the workbench with one click', async () => {
  const { facility } = await openPlace(suite, street, { approvalRequired: true });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  const asked = await book(suite, staff, slot);
  assert.equal(asked.state, 'STATE_PENDING');
  const page = await openAs(browser, suite, 'street', DESK);
  await settle(page);
  const todo = page.getByTestId('todo-approval').filter({ hasText: asked.facilityDisplayName });
  await todo.waitFor();
  await picture(page, 'desk-approval');
  assert.deepEqual(await accessibilityFaults(page), []);
  await todo.getByTestId('approve-booking').click();
  await todo.waitFor({ state: 'detached' });
  const now = await staff.call(`${SERVICE}/GetBooking`, { name: asked.name });
  assert.equal(now.state, 'STATE_CONFIRMED');
  assert.deepEqual(page.problems, []);
});

test('a booking is checked in by the code that is shown, with the QR code beside', async () => {
  await withinAnHour();
  const { facility } = await openPlace(suite, street, { graceMinutes: 1440 });
  const slots = await slotsOf(suite, staff, facility);
  const begun = slots.find(({ startTime }) => Date.parse(startTime) <= Date.now());
  const made = await book(suite, staff, begun);
  const { code } = await street.call(`${SERVICE}/GetCheckInCode`, { name: facility });
  const page = await openAs(browser, suite, 'staff2', PHONE);
  await page.goto('/mine');
  await settle(page);
  const card = page.getByTestId('booking').filter({ hasText: made.facilityDisplayName });
  await card.getByTestId('check-in').tap();
  await page.getByTestId('qr').waitFor();
  await picture(page, 'phone-check-in');
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByTestId('check-in-code').fill(code);
  await page.getByTestId('confirm-check-in').tap();
  await card.and(page.locator('[data-state=checkedIn]')).waitFor();
  await card.getByTestId('check-out').tap();
  await card.waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('who lends a place shows the code, reads a QR code and sees the guest leave', async () => {
  await withinAnHour();
  const { facility } = await openPlace(suite, street, { graceMinutes: 1440 });
  const slots = await slotsOf(suite, staff, facility);
  const begun = slots.find(({ startTime }) => Date.parse(startTime) <= Date.now());
  const made = await book(suite, staff, begun);
  const { token } = await staff.call(`${SERVICE}/GetCheckInToken`, { name: made.name });
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/reception?place=${facility.split('/').pop()}`);
  await settle(page);
  await page.getByTestId('shown-code').getByText(/^\d{6}$/).waitFor();
  const guest = page.getByTestId('guest');
  await guest.first().waitFor();
  await picture(page, 'desk-reception');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await page.getByTestId('scan').fill(`${made.name} ${token}`);
  await page.getByTestId('scan').press('Enter');
  await guest.and(page.locator('[data-state=checkedIn]')).waitFor();
  await guest.getByTestId('guest-out').click();
  await guest.waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});
