// Journey 1, staff books parking on a phone, when things are harder: in the elder look, by
// keyboard alone, with the gateway killed half-way, with the answer lost, and with another
// person after the same last place. The plain journey is in journeys.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, openAs, picture, sendAtOnce, settle } from '../lib/browser.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, openPark, shanghaiDay, slotsOf } from '../lib/world.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('parking');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// A car park with its last slot of two days, as the page shows and the address names it.
async function place(window) {
  const park = await openPark(suite, street, window);
  const slot = (await slotsOf(suite, street, park.facility)).at(-1);
  const start = new Date(slot.startTime).toISOString();
  return {
    ...park,
    start,
    address: `/parking?day=${shanghaiDay(start)}`,
    sheet: `/parking?day=${shanghaiDay(start)}&f=${park.facility.split('/').at(-1)}&from=${start}`,
    chip: (page) => page.locator(`[data-testid=slot][data-facility="${park.facility}"][data-start="${start}"]`),
  };
}

async function bookingsOf(park) {
  const parent = suite.demo.alliance;
  const list = await all(street, 'resource.v1.BookingService/ListBookings', 'bookings', { parent });
  return list.filter((booking) => booking.window === park.window);
}

const confirm = (page) => page.getByTestId('confirm-booking');
const gone = (page) => confirm(page).waitFor({ state: 'hidden' });

test('in the elder look, by keyboard alone: still two acts', async () => {
  const park = await place();
  const page = await openAs(browser, suite, undefined, PHONE);
  const keys = new Keyboard(page);
  await keys.signIn(suite.account('staff1'));
  await keys.chooseElder();
  await keys.act(page.getByTestId('nav-parking'), { back: true });
  await settle(page);
  const day = page.locator(`[data-testid=day][data-day="${shanghaiDay(park.start)}"]`);
  await keys.to(day);
  await keys.press('Enter');
  await settle(page);

  keys.acts = 0; // from the list on: a slot, and yes
  await keys.act(park.chip(page));
  await keys.type(page.getByTestId('plate'), '沪A70001');
  await picture(page, 'elder-keyboard-sheet');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await keys.act(confirm(page));
  await gone(page);
  assert.equal(keys.acts, 2);
  const [made, ...more] = await bookingsOf(park);
  assert.equal(made.plate, '沪A70001');
  assert.deepEqual(more, []);
  // The focus is where the person was, not at the top of the page again.
  await park.chip(page).and(page.locator(':focus')).waitFor();
  await park.chip(page).and(page.locator('[data-state=mine]')).waitFor();
  await picture(page, 'elder-keyboard-booked');
  assert.deepEqual(page.problems, []);
});

test('the gateway is killed between choosing and confirming: nothing typed is lost, one booking', async () => {
  const park = await place();
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto(park.address);
  await look(page, { elder: true });
  await park.chip(page).tap();
  await page.getByTestId('plate').fill('沪A70002');
  const bringBack = suite.takeDown('gateway');
  try {
    await confirm(page).tap();
    await page.getByTestId('problem').getByText('网络').waitFor();
    await picture(page, 'gateway-down');
    assert.deepEqual(await clippedText(page), []);
  } finally {
    await bringBack();
  }
  assert.equal(await page.getByTestId('plate').inputValue(), '沪A70002');
  await confirm(page).tap();
  await gone(page);
  const made = await bookingsOf(park);
  assert.deepEqual(made.map(({ plate }) => plate), ['沪A70002']);
  assert.deepEqual(page.problems, []);
});

test('an answer that is lost on the way does not book twice', async () => {
  const park = await place();
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto(park.address);
  await settle(page);
  let sent = 0;
  await page.route('**/CreateBooking', async (route) => {
    if (++sent > 1) return route.continue();
    await route.fetch(); // the server has it
    return route.abort('connectionreset');
  });
  await park.chip(page).tap();
  await page.getByTestId('plate').fill('沪A70003');
  await confirm(page).tap();
  await gone(page);
  assert.equal(sent, 2);
  assert.equal((await bookingsOf(park)).length, 1);
});

test('two people race for the last place: one has it, the other may wait in line', async () => {
  const park = await place({ capacity: 1 });
  const pages = await Promise.all(['staff1', 'staff2'].map((login) => openAs(browser, suite, login, PHONE)));
  await Promise.all(
    pages.map(async (page, i) => {
      await page.goto(park.sheet);
      await page.getByTestId('plate').fill(`沪A7001${i}`);
      await settle(page);
    }),
  );
  await sendAtOnce(pages, 'CreateBooking');
  await Promise.all(pages.map((page) => confirm(page).tap()));
  // One sheet goes, the other stays with what the server said.
  const told = await Promise.all(
    pages.map((page) =>
      Promise.race([gone(page).then(() => ''), page.getByTestId('problem').getByText(/./).textContent()]),
    ),
  );
  assert.deepEqual(told.map((text) => text === '').sort(), [false, true]);
  const loser = pages[told.findIndex((text) => text !== '')];
  assert.equal(told.join(''), '该时段已约满，请选择其他时段');
  await loser.getByTestId('confirm-booking').filter({ hasText: '加入候补' }).waitFor();
  await picture(loser, 'race-lost');
  assert.deepEqual(await accessibilityFaults(loser), []);
  assert.match(await loser.getByTestId('plate').inputValue(), /^沪A7001/);
  await confirm(loser).tap();
  await gone(loser);
  const states = (await bookingsOf(park)).map(({ state }) => state).sort();
  assert.deepEqual(states, ['STATE_CONFIRMED', 'STATE_WAITLISTED']);
  assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
});

test('a double click books once and says so once', async () => {
  const park = await place();
  const page = await openAs(browser, suite, 'staff2', DESK);
  await page.goto(park.sheet);
  await page.getByTestId('plate').fill('沪A70020');
  await settle(page);
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/CreateBooking') ? 1 : 0));
  await page.evaluate(() => {
    const said = (changes) => changes.reduce((n, { addedNodes }) => n + addedNodes.length, 0);
    window.toasts = 0;
    new MutationObserver((changes) => (window.toasts += said(changes))).observe(document.querySelector('.toasts'), { childList: true });
  });
  // At once, with no time for the page to draw that it is busy.
  await confirm(page).evaluate((button) => {
    button.click();
    button.click();
  });
  await gone(page);
  await settle(page);
  assert.equal(await page.evaluate(() => window.toasts), 1);
  assert.equal(sent, 1);
  assert.equal((await bookingsOf(park)).length, 1);
  assert.deepEqual(page.problems, []);
});

test('a day in the address that can’t be booked gives way to the nearest, and it is said', async () => {
  const page = await openAs(browser, suite, 'staff2', PHONE);
  for (const [asked, said] of [['2020-01-01', '2020-01-01 不在可约日期内'], ['2026-13-45', '日期无法识别']]) {
    await page.goto(`/parking?day=${asked}`);
    await page.locator('.toast').getByText(said).waitFor();
    await page.waitForURL(/\/parking(\?|)$/);
    await page.locator('[data-testid=day][aria-current=date]').getByText('今天').waitFor();
  }
  await page.goto('/parking?day=9999-12-31');
  await page.waitForURL(/day=\d{4}-\d\d-\d\d$/);
  await settle(page);
  await picture(page, 'day-moved');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  assert.deepEqual(page.problems, []);
});
