// The street changes on which terms a window can be booked; a group is booked whole or not at
// all; lists are had as files; an entry of the ledger is put right.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accessibilityFaults,
  DESK,
  launch,
  openAs,
  PHONE,
  picture,
  settle,
} from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { bookingsOf, once, openCanteen } from '../lib/world.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('lending-browser');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const windowOf = async (facility) =>
  (await street.call('resource.v1.FacilityService/ListWindows', { parent: facility })).windows[0];

test('the street names whom a window is open to, and on which terms', async () => {
  const place = await openCanteen(suite, street);
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/facilities/${place.facility.split('/').at(-1)}`);
  await settle(page);
  await page.getByTestId('window-edit').click();
  await page.getByTestId('audience').selectOption('some');
  await page.getByTestId('window-save').click();
  await page.getByText('请至少选择一个级别、行业或单位').waitFor();
  await page.getByRole('checkbox', { name: '常务理事', exact: true }).check();
  await page.getByTestId('unit-picker').click();
  await page.locator('.unit-picker-list input').first().check();
  await page.locator('#window-edit_priceFen').fill('12');
  await page.getByTestId('discount-add').click();
  await page.locator('#window-edit_discounts_0_from').fill('13:00');
  await page.locator('#window-edit_discounts_0_to').fill('14:00');
  await page.locator('#window-edit_discounts_0_price').fill('15');
  await page.getByTestId('edit-quotas-UNIT_WEEK').fill('30');
  await page.getByTestId('edit-graceMinutes').fill('15');
  await page.getByTestId('approval-required').check();
  await page.getByTestId('edit-approvalMinutes').fill('120');
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'desk-window-terms');
  await page.getByTestId('window-save').click();
  // What the server says of the discount stands at the discount, and nothing typed is lost.
  await page.getByText('且低于原价').waitFor();
  await picture(page, 'desk-window-refused');
  await page.locator('#window-edit_discounts_0_price').fill('8');
  await page.getByTestId('window-save').click();
  await page.getByTestId('window').first().waitFor();
  const window = await windowOf(place.facility);
  assert.deepEqual(window.audienceTiers, [1]);
  assert.equal(window.audienceMembers.length, 1);
  assert.deepEqual(window.discounts, [{ fromMinute: 780, toMinute: 840, priceFen: '800' }]);
  assert.deepEqual(window.quotas, [
    { subject: 'QUOTA_SUBJECT_UNIT', period: 'QUOTA_PERIOD_WEEK', limit: 30 },
  ]);
  assert.deepEqual(
    [window.graceMinutes, window.approvalRequired, window.approvalMinutes],
    [15, true, 120],
  );
  const phone = await openAs(browser, suite, 'street', PHONE);
  await phone.goto(
    `/facilities/${place.facility.split('/').at(-1)}/windows/${window.name.split('/').at(-1)}/edit`,
  );
  await settle(phone);
  assert.deepEqual(await accessibilityFaults(phone), []);
  await picture(phone, 'phone-window-terms');
  assert.deepEqual([...page.problems, ...phone.problems], []);
});

test('a place is filled in from where the reader is', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ latitude: 31.2304, longitude: 121.4737 });
  const place = await openCanteen(suite, street);
  await page.goto(`/facilities/${place.facility.split('/').at(-1)}/edit`);
  await settle(page);
  await page.getByTestId('place-here').click();
  await page.getByText('已填入当前位置').waitFor();
  assert.equal(await page.locator('#facility_latitude').inputValue(), '31.2304');
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'desk-facility-place');
  await page.getByTestId('facility-save').click();
  await page.getByTestId('window').waitFor();
  const read = await street.call('resource.v1.FacilityService/GetFacility', {
    name: place.facility,
  });
  assert.deepEqual(read.location, { latitude: 31.2304, longitude: 121.4737 });
  assert.deepEqual(page.problems, []);
});

test('a group is booked whole, or not at all, with an answer for each', async () => {
  const { member } = suite.account('liaison1');
  const lot = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: suite.demo.alliance,
    facility: { displayName: '成组试验车场', kind: 'FACILITY_KIND_PARKING', owner: member },
    requestId: once(),
  });
  const today = new Date(Date.now() - 24 * 3600e3);
  const window = await street.call('resource.v1.FacilityService/CreateWindow', {
    parent: lot.name,
    window: {
      startDate: {
        year: today.getUTCFullYear(),
        month: today.getUTCMonth() + 1,
        day: today.getUTCDate(),
      },
      openMinute: 480,
      closeMinute: 1080,
      slotMinutes: 60,
      capacity: 2,
    },
    requestId: once(),
  });
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto(`/group?facility=${lot.name.split('/').at(-1)}`);
  await settle(page);
  await page.getByTestId('group-to').selectOption({ index: 1 });
  await page.getByTestId('group-plates').fill('沪A12345\n沪A0');
  await page.getByTestId('group-book').tap();
  await page.getByText('请检查车牌').or(page.locator('.field-error')).first().waitFor();
  await page.getByTestId('group-plates').fill('沪A12345\n沪A54321');
  await page.getByTestId('group-line').nth(9).waitFor();
  assert.equal(await page.getByTestId('group-line').count(), 10);
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'phone-group');

  // Someone takes a place meanwhile: none of them is booked, and the one says why.
  const taken = await page.getByTestId('group-line').nth(4).innerText();
  const day = new Date(Date.now() + 3 * 24 * 3600e3 + 8 * 3600e3).toISOString().slice(0, 10);
  await street.call('resource.v1.BookingService/CreateBooking', {
    parent: suite.demo.alliance,
    booking: {
      window: window.name,
      startTime: `${day}T00:00:00Z`,
      endTime: `${day}T01:00:00Z`,
      plate: '沪B12345',
      member,
    },
    requestId: once(),
  });
  await page.getByTestId('group-book').tap();
  await page.getByTestId('group-failed').waitFor();
  assert.match(taken, /08:00/);
  const states = await page
    .getByTestId('group-line')
    .evaluateAll((lines) => lines.map((line) => line.dataset.state));
  assert.equal(
    states.filter((state) => state === 'undone').length +
      states.filter((state) => state === 'refused').length,
    10,
  );
  assert.ok(states.includes('refused'));
  assert.equal((await bookingsOf(suite, street, window.name)).length, 1);
  await picture(page, 'phone-group-refused');

  await page.getByTestId('group-plates').fill('沪A12345');
  await page.getByTestId('group-book').tap();
  await page.getByTestId('group-done').waitFor();
  assert.equal(await page.locator('[data-testid=group-line][data-state=made]').count(), 5);
  assert.equal((await bookingsOf(suite, street, window.name)).length, 6);
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'phone-group-done');
  assert.deepEqual(page.problems, []);
});

test('the lists are had as files', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  for (const [path, name] of [
    ['facilities', '共享资源'],
    ['exchange/needs', '需求清单'],
    ['exchange/offers', '资源清单'],
    ['exchange/matches', '对接清单'],
  ]) {
    await page.goto(`/${path}`);
    await settle(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('export-list').click(),
    ]);
    assert.match(file.suggestedFilename(), new RegExp(`^${name} .*xlsx$`));
  }
  assert.deepEqual(page.problems, []);
});

test('the street puts an entry right, and the months tell it', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/reports/entries');
  await settle(page);
  const entries = page.getByTestId('ledger-entry');
  const count = await entries.count();
  await entries.first().getByTestId('correct').click();
  await page.getByTestId('right-quantity').fill('7');
  await page.getByTestId('reason').fill('登记有误');
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'desk-correct');
  await page.getByTestId('confirm-reason').click();
  await page.getByText('更正：登记有误').first().waitFor();
  assert.ok(count > 0);
  await picture(page, 'desk-corrected');
  await page.goto('/reports/ledger?from=2001-01&to=2001-02');
  await settle(page);
  assert.equal(await page.locator('table').count(), 0);
  assert.deepEqual(page.problems, []);
});
