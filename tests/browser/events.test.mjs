// One stream a person: two tabs of one browser are told by one, and go on when the tab that
// has it is closed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launch, openAs, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, openPlace, slotsOf } from '../lib/world.mjs';

let suite;
let browser;
let staff;
let place;
let slots;
before(async () => {
  suite = await Suite.start('events-browser');
  const street = await suite.as('street');
  staff = await suite.as('staff1');
  place = await openPlace(suite, street);
  slots = await slotsOf(suite, staff, place.facility);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const isWatch = (request) => request.url().endsWith('/jinhuan.gateway.v1.EventService/Watch');
const light = (page) => page.locator('[data-testid=stream-light][data-live=true]');
const shown = (page) => page.getByTestId('booking').filter({ hasText: place.title });

test('two tabs have one stream, and the second goes on when the first is closed', async () => {
  const first = await openAs(browser, suite, 'staff1', DESK);
  await light(first).waitFor(); // the stream of the page that signed in is none of those counted
  const streams = [];
  const count = (page) => page.on('request', (request) => isWatch(request) && streams.push(page));
  count(first);
  await first.goto('/mine');
  await light(first).waitFor();
  const second = await first.context().newPage();
  count(second);
  await second.goto('/mine');
  await light(second).waitFor();
  assert.deepEqual(streams, [first]);

  assert.equal(await shown(first).count(), 0);
  await book(suite, staff, slots.at(-1));
  await Promise.all([shown(first).first().waitFor(), shown(second).first().waitFor()]);
  assert.deepEqual(streams, [first]);

  const follows = second.waitForRequest(isWatch);
  await first.close();
  await follows;
  await book(suite, staff, slots.at(-2));
  await shown(second).nth(1).waitFor();
  assert.deepEqual(streams, [first, second]);
});

test('the light goes out while the gateway is away, and comes back with what happens next', async () => {
  const page = await openAs(browser, suite, 'staff1', DESK);
  await page.goto('/mine');
  await light(page).waitFor();
  await settle(page);
  const before = await shown(page).count();
  const up = suite.takeDown('gateway');
  await page.locator('[data-testid=stream-light][data-live=false]').waitFor();
  await up();
  await light(page).waitFor();
  await book(suite, staff, slots.at(-3));
  await shown(page).nth(before).waitFor();
});
