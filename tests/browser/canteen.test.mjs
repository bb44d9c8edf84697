// Canteens in a real browser: the week's menus, two taps to a meal, and who lends one says what
// it serves.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DESK, PHONE, accessibilityFaults, clippedText, launch, look, lookFaults, openAs, picture, settle,
} from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
let browser;
before(async () => {
  suite = await Suite.start('canteen-pages');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const day = (ahead) => new Date(Date.now() + (8 + 24 * ahead) * 3600e3).toISOString().slice(0, 10);

// A weekday on which the demo has booked nothing for its people.
function freeDay() {
  for (let ahead = 6; ; --ahead) {
    const weekday = new Date(`${day(ahead)}T00:00:00Z`).getUTCDay();
    if (weekday > 0 && weekday < 6) return day(ahead);
  }
}

async function check(page, name) {
  await settle(page);
  await picture(page, name);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
}

// As `check`, and dark in the elder look.
async function checkLooks(page, name) {
  await check(page, name);
  await look(page, { dark: true, elder: true });
  await picture(page, `${name}-elder-dark`);
  assert.deepEqual([...(await lookFaults(page)), ...(await clippedText(page))], []);
  await look(page, { dark: false, elder: false });
}

test('the menus are read, and a meal is booked with two taps', async () => {
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await page.goto(`/canteen?day=${freeDay()}`);
  await page.getByTestId('menu').first().waitFor();
  await checkLooks(page, 'phone-canteen');
  const mine = page.locator('[data-testid=slot][data-state=mine]');
  const before = await mine.count();
  if (before === 0) {
    await page.locator('[data-testid=slot][data-state=bookable]').first().tap();
    await page.getByTestId('confirm-booking').tap();
    await page.getByTestId('undo').waitFor();
    await mine.first().waitFor();
  }
  // A second lunch is refused, in words.
  await page.locator('[data-testid=slot][data-state=bookable]').first().tap();
  await page.getByTestId('quantity').getByRole('button').last().tap();
  await page.getByTestId('guests').waitFor();
  await check(page, 'phone-canteen-guests');
  await page.getByTestId('confirm-booking').tap();
  await page.getByText('请填写其余 1 位同行人').waitFor();
  assert.deepEqual(page.problems, []);
});

test('the week hangs on one page', async () => {
  const page = await openAs(browser, suite, 'staff1', DESK);
  await page.goto('/canteen/menus');
  await page.getByTestId('menu').first().waitFor();
  await checkLooks(page, 'desk-week-menus');
  assert.deepEqual(page.problems, []);
});

test('who lends a canteen says what it serves, and others read it', async () => {
  const page = await openAs(browser, suite, 'liaison1', DESK);
  await page.goto('/facilities');
  await page.getByText('小寒大厦员工食堂').first().click();
  await page.getByTestId('edit-menus').click();
  const weekday = freeDay();
  await page.goto(`${new URL(page.url()).pathname}?day=${weekday}`);
  await page.getByTestId('menu-form').waitFor();
  await page.getByTestId('dish-add').click();
  await page.getByTestId('dish-name').last().fill('蟹粉豆腐');
  const row = page.locator('.dish-row').last();
  await row.locator('summary').click();
  await row.getByLabel('甲壳类').check();
  await check(page, 'desk-menu-editor');
  await page.getByTestId('menu-save').click();
  await page.getByText('菜单已公布').waitFor();
  const reader = await openAs(browser, suite, 'staff2', PHONE);
  await reader.goto(`/canteen?day=${weekday}`);
  await reader.getByText('蟹粉豆腐').waitFor();
  assert.deepEqual(page.problems, []);
});
