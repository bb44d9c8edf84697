// What people do in the portal, in a real browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { all } from '../lib/world.mjs';

let suite;
let browser;
let staff;
before(async () => {
  suite = await Suite.start('journeys');
  staff = await suite.as('staff1');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const bookings = () =>
  all(staff, 'resource.v1.BookingService/ListBookings', 'bookings', {
    parent: suite.demo.alliance,
    mine: true,
  });

// The parking page with a slot that can be booked and cancelled: one that has not
// begun. Late in the evening today has none left, and it is tomorrow's page.
async function parkingSlot(page) {
  const bookable = page.locator('[data-testid=slot][data-state=bookable]');
  const publicPark = '金穗里街道公共停车场';
  for (const day of [0, 1]) {
    if (day > 0) await page.getByTestId('day').nth(day).click();
    await settle(page);
    const card = page.locator('.slot-card').filter({ hasText: publicPark });
    const slots = card.locator(bookable);
    for (let i = (await slots.count()) - 1; i >= 0; --i) {
      const start = await slots.nth(i).getAttribute('data-start');
      if (Date.parse(start) > Date.now() + 10 * 60e3) return { slot: slots.nth(i), start };
    }
  }
  throw new Error('no slot is free today or tomorrow');
}

test('staff books parking on a phone in two taps, finds it, cancels it', async () => {
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.getByTestId('nav-parking').tap();
  const { slot, start } = await parkingSlot(page);
  await picture(page, 'phone-parking');
  const before = (await bookings()).length;

  let taps = 0;
  const tap = async (target) => {
    await target.tap();
    ++taps;
  };
  await tap(slot);
  const plate = page.getByTestId('plate');
  await plate.waitFor();
  if (!(await plate.inputValue())) await plate.fill('沪AJ0001');
  await picture(page, 'phone-confirm');
  await tap(page.getByTestId('confirm-booking'));
  await page.getByTestId('confirm-booking').waitFor({ state: 'hidden' });
  assert.equal(taps, 2);
  const after = await bookings();
  assert.equal(after.length, before + 1);
  const isMade = (booking) =>
    Date.parse(booking.startTime) === Date.parse(start) &&
    booking.facilityDisplayName === '金穗里街道公共停车场' &&
    booking.state === 'STATE_CONFIRMED';
  const made = after.find(isMade);
  assert.ok(made, 'the server does not have it');

  await page.getByTestId('nav-mine').tap();
  const card = page
    .locator(`[data-testid=booking][data-state=confirmed][data-start="${start}"]`)
    .filter({ hasText: '金穗里街道公共停车场' });
  await card.first().waitFor();
  await picture(page, 'phone-mine');
  await card.first().getByTestId('cancel-booking').tap();
  await page.getByTestId('confirm-cancel').tap();
  await page.getByTestId('confirm-cancel').waitFor({ state: 'hidden' });
  assert.equal((await bookings()).find(({ name }) => name === made.name).state, 'STATE_CANCELLED');
  assert.deepEqual(page.problems, []);
});

test('a wrong password is told in Chinese, and what was typed stays', async () => {
  const page = await openAs(browser, suite, undefined, PHONE);
  await page.goto('/parking');
  await page.getByTestId('login').fill('staff1');
  await page.getByTestId('password').fill('not-the-password-1');
  await page.getByTestId('sign-in').tap();
  await page.getByText('用户名或密码不正确').waitFor();
  assert.equal(await page.getByTestId('login').inputValue(), 'staff1');
  await page.getByTestId('password').fill(suite.account('staff1').password);
  await page.getByTestId('sign-in').tap();
  await page.waitForURL('**/parking'); // where the address pointed before
});

test('a plate with the letter O is told at its field', async () => {
  const page = await openAs(browser, suite, 'staff2', PHONE);
  await page.getByTestId('nav-parking').tap();
  const { slot } = await parkingSlot(page);
  await slot.tap();
  await page.getByTestId('plate').fill('沪AO1234');
  await page.getByTestId('confirm-booking').tap();
  await page.getByText('不使用字母 I 和 O').first().waitFor();
  assert.equal(await page.getByTestId('plate').inputValue(), '沪AO1234');
});

test('the street admits an applicant from the workbench', async () => {
  const street = await suite.as('street');
  const applicants = () =>
    all(street, 'alliance.v1.MemberService/ListMembers', 'members', {
      parent: suite.demo.alliance,
      state: 'STATE_APPLIED',
    });
  const before = (await applicants()).length;
  assert.ok(before > 0);
  const page = await openAs(browser, suite, 'street', DESK);
  await settle(page);
  await picture(page, 'desk-workbench');
  // The portal sends it once there is nothing to undo any more.
  const sent = page.waitForResponse((response) => response.url().endsWith('/ApproveMember'));
  await page.getByTestId('approve').first().click();
  assert.equal((await sent).status(), 200);
  assert.equal((await applicants()).length, before - 1);
});

test('a liaison answers a notice with one click', async () => {
  const page = await openAs(browser, suite, 'liaison1', DESK);
  await settle(page);
  await picture(page, 'desk-liaison');
  const answered = page.waitForResponse((response) => response.url().endsWith('/AnswerNotice'));
  await page.getByTestId('answer-attend').first().click();
  assert.equal((await answered).status(), 200);
});
