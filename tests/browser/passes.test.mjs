// A car park gives passes, a member of staff gets one on a phone, the lender approves it with one
// click, and the gate knows the plate.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DESK,
  PHONE,
  accessibilityFaults,
  clippedText,
  launch,
  look,
  lookFaults,
  openAs,
  picture,
  settle,
} from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { once, openPassPark } from '../lib/world.mjs';

let suite;
let browser;
let street;
let park;
before(async () => {
  suite = await Suite.start('passes-browser');
  street = await suite.as('street');
  park = await openPassPark(suite, street, { approvalRequired: true, passes: undefined, horizonDays: 40 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const idOf = (name) => name.split('/').at(-1);

async function isSound(page) {
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  assert.deepEqual(page.problems, []);
}

test('the lender says on which terms', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/facilities/${idOf(park.facility)}`);
  await settle(page);
  await page.getByTestId('window-passes').click();
  await settle(page);
  await page.locator('#pass-terms_dayPriceFen').fill('6');
  await page.locator('#pass-terms_places').fill('5');
  await picture(page, 'desk-pass-terms');
  await isSound(page);
  await page.getByTestId('terms-save').click();
  await page.waitForURL(`**/facilities/${idOf(park.facility)}`);
  await page.context().close();
});

test('staff gets a pass on a phone: plate typed, three taps; the lender approves', async () => {
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto('/parking');
  await settle(page);
  await page.getByTestId('to-passes').tap();
  await settle(page);
  await page.goto(`/passes/new?facility=${idOf(park.facility)}`);
  await settle(page);
  await page.getByTestId('plate').fill('沪a00q77');
  await page.getByTestId('pass-price').filter({ hasText: /\d/ }).waitFor();
  await picture(page, 'phone-pass-form');
  await isSound(page);
  await page.getByTestId('pass-confirm').tap();
  await page.waitForURL(/passes\/[0-9a-f-]{36}$/);
  await settle(page);
  await page.getByText('待审批').first().waitFor();
  await picture(page, 'phone-pass');
  await isSound(page);

  const office = await openAs(browser, suite, 'street', DESK);
  await settle(office);
  const todo = office.getByTestId('todo-pass').filter({ hasText: '沪A00Q77' });
  await todo.waitFor();
  // Its days are not asked for one by one.
  assert.equal(await office.getByTestId('todo-approval').filter({ hasText: '沪A00Q77' }).count(), 0);
  await picture(office, 'desk-pass-todo');
  await isSound(office);
  await todo.getByTestId('approve-pass').click();
  await todo.waitFor({ state: 'detached' });
  await office.goto('/passes');
  await settle(office);
  await office.getByTestId('pass').filter({ hasText: '沪A00Q77' }).and(office.locator('[data-state=ACTIVE]')).waitFor();
  await picture(office, 'desk-passes-lent');
  await isSound(office);
  await office.context().close();

  // Nothing is reloaded: the page sees it by itself.
  await page.getByText('有效', { exact: true }).waitFor();
  await page.goto('/mine/passes');
  await settle(page);
  await page.getByTestId('pass').filter({ hasText: '沪A00Q77' }).waitFor();
  await look(page, { elder: true });
  await picture(page, 'phone-passes-elder');
  assert.deepEqual(await lookFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await page.context().close();
});

test('who asks for a pass sees a car park that gives them, and is told that it is in force', async () => {
  const open = await openPassPark(suite, street, { horizonDays: 40 });
  const page = await openAs(browser, suite, 'staff2', DESK);
  // Of all car parks only some give passes; without a word in the address it is one of them.
  await page.goto('/passes/new');
  await settle(page);
  await page.getByTestId('plate').waitFor();
  await page.getByTestId('filter-facility').selectOption(idOf(open.facility));
  await page.waitForURL(`**/passes/new?facility=${idOf(open.facility)}`);
  await settle(page);
  await page.getByTestId('plate').fill('沪A00Q78');
  await page.getByTestId('pass-price').filter({ hasText: /\d/ }).waitFor();
  await page.getByTestId('pass-confirm').click();
  await page.locator('.toast').getByText('月卡已生效').waitFor();
  await page.waitForURL(/passes\/[0-9a-f-]{36}$/);
  await isSound(page);
  await page.context().close();
});

test('a pass is cancelled with a tap and a word', async () => {
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto('/mine/passes');
  await settle(page);
  await page.getByTestId('pass').filter({ hasText: '沪A00Q77' }).getByRole('link').tap();
  await settle(page);
  await page.getByTestId('cancel-pass').tap();
  await page.getByTestId('confirm-reason').tap();
  await page.getByText('已取消', { exact: true }).first().waitFor();
  await isSound(page);
  await page.context().close();
});

test('the gate knows the plate of a pass', async () => {
  const staff = await suite.as('staff2');
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const [year, month, day] = today.split('-').map(Number);
  const open = await openPassPark(suite, street);
  await staff.call('resource.v1.BookingService/CreatePass', {
    parent: suite.demo.alliance,
    pass: {
      windows: [open.window],
      plate: '沪A00Q88',
      startDate: { year, month, day },
      endDate: { year, month, day },
    },
    requestId: once(),
  });
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/reception?place=${idOf(open.facility)}`);
  await settle(page);
  await page.getByTestId('gate-plate').fill('沪a·00q88');
  await page.getByTestId('gate-check').click();
  const answer = page.getByTestId('gate-answer');
  await answer.getByTestId('guest-in').click();
  await answer.and(page.locator('[data-count="1"]')).getByTestId('guest-out').waitFor();
  await picture(page, 'desk-gate');
  await isSound(page);
  await page.getByTestId('gate-plate').fill('沪A00Q89');
  await page.getByTestId('gate-check').click();
  await page.getByText('沪A00Q89 当前没有').waitFor();
  assert.deepEqual(page.problems, []);
});
