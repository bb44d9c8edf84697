// A facility closes, and whoever booked is offered another place.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, once, openPlace, slotsOf } from '../lib/world.mjs';

let suite;
let browser;
let street;
let staff;
before(async () => {
  suite = await Suite.start('supply-browser');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

test('closing recalls, and one tap books the other place', async () => {
  const place = await openPlace(suite, street);
  await openPlace(suite, street);
  const slot = (await slotsOf(suite, staff, place.facility)).at(-1);
  await book(suite, staff, slot);

  const office = await openAs(browser, suite, 'street', DESK);
  await office.goto(`/facilities/${place.facility.split('/').at(-1)}`);
  await settle(office);
  await office.getByTestId('closure-new').click();
  const local = (time) =>
    new Date(Date.parse(time) + 8 * 3600e3).toISOString().slice(0, 16);
  await office.getByTestId('closure-from').fill(local(slot.startTime));
  await office.getByTestId('closure-to').fill(local(slot.endTime));
  await office.getByTestId('closure-reason').fill('燃气检修');
  await office.getByTestId('closure-save').click();
  await office.getByTestId('touched').waitFor();
  assert.equal(await office.getByTestId('touched').getAttribute('data-count'), '1');
  assert.deepEqual(await accessibilityFaults(office), []);
  await picture(office, 'desk-closure-touches');
  await office.getByTestId('confirm-reason').click();
  await office.getByTestId('closure').filter({ hasText: '燃气检修' }).waitFor();
  await picture(office, 'desk-closure');

  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.getByTestId('nav-mine').tap();
  const card = page.getByTestId('recalled');
  await card.waitFor();
  await settle(page);
  assert.match(await card.innerText(), /燃气检修/);
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'phone-recalled');
  const booked = page.waitForResponse((response) => response.url().endsWith('/CreateBooking'));
  await card.getByTestId('rebook').first().tap();
  assert.notEqual((await (await booked).json()).window, place.window);
  await card.waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('a window is edited, and ended after its preview', async () => {
  const place = await openPlace(suite, street, { capacity: 2 });
  const slot = (await slotsOf(suite, staff, place.facility)).at(-1);
  await book(suite, staff, slot);
  await book(suite, staff, slot);
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/facilities/${place.facility.split('/').at(-1)}`);
  await settle(page);
  await page.getByTestId('window-edit').click();
  await page.getByTestId('edit-capacity').fill('1');
  await page.getByTestId('window-save').click();
  await page.getByTestId('touched').waitFor();
  await page.getByTestId('reason').fill('座位减少');
  await page.getByTestId('confirm-reason').click();
  await page.getByTestId('window').filter({ hasText: '1 个名额' }).waitFor();
  await page.getByTestId('window-end').click();
  await page.getByTestId('window-end-confirm').click();
  await page.getByTestId('window').filter({ hasText: '已结束' }).or(page.getByTestId('touched')).first().waitFor();
  assert.deepEqual(page.problems, []);
});
