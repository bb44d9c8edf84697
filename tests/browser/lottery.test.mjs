// A peak window that opens by lottery, in a real browser: asked for with two taps, seen under
// Mine, withdrawn; and a draw that the reader's browser makes again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, lookFaults, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { askLot, drawn, openLot } from '../lib/world.mjs';

let suite;
let browser;
let street;
let people;
before(async () => {
  suite = await Suite.start('lottery-pages');
  street = await suite.as('street');
  people = await Promise.all(['staff1', 'staff2', 'staff3', 'staff4'].map((login) => suite.as(login)));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const day = (ahead) => new Date(Date.now() + (8 + 24 * ahead) * 3600e3).toISOString().slice(0, 10);

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

test('a place is asked for with two taps, and the request withdrawn', async () => {
  const page = await openAs(browser, suite, 'staff1', PHONE);
  const asked = day(4);
  await page.goto(`/parking?day=${asked}`);
  const slot = page.locator('[data-testid=slot][data-state=lottery]').first();
  await slot.waitFor();
  await checkLooks(page, 'phone-lottery-slots');
  await slot.tap();
  await page.getByTestId('ask-lottery').waitFor();
  await check(page, 'phone-lottery-sheet');
  await page.getByTestId('ask-lottery').tap();
  await page.locator('[data-testid=slot][data-state=asked]').first().waitFor();
  await page.getByTestId('nav-mine').tap();
  const month = Number(asked.split('-')[1]);
  const request = page.getByTestId('own-request').filter({ hasText: `${month}月` }).last();
  await request.waitFor();
  await checkLooks(page, 'phone-own-requests');
  const before = await page.getByTestId('own-request').count();
  await request.getByTestId('withdraw-request').tap();
  await page.getByText('已撤回摇号申请').waitFor();
  await page.waitForFunction((n) => document.querySelectorAll('[data-testid=own-request]').length < n, before);
  assert.deepEqual(page.problems, []);
});

test('the page of a draw says what it is made of, before and after', async () => {
  const page = await openAs(browser, suite, 'staff2', DESK);
  await page.goto('/lottery');
  await page.getByTestId('draw').first().waitFor();
  await checkLooks(page, 'desk-draws');
  await page.getByTestId('draw').filter({ hasText: '接受申请中' }).first().getByRole('link').click();
  await page.getByTestId('commitment').waitFor();
  await check(page, 'desk-draw-collecting');
  await page.getByTestId('ask-for-place').click(); // where one asks for its first slot
  await page.getByTestId('ask-lottery').waitFor();
  await check(page, 'desk-draw-asked-for');
  const { close, draw, booking } = await openLot(suite, street);
  await Promise.all(people.map((person) => askLot(suite, person, booking)));
  await drawn(street, draw, close);
  const [, , , facility, , window, , when] = draw.split('/');
  await page.goto(`/lottery/${facility}/${window}/${when}`);
  await page.getByTestId('entry').first().waitFor();
  assert.equal(await page.getByTestId('entry').count(), 4);
  await page.getByTestId('replay').click();
  await page.locator('[data-testid=verdict][data-right=true]').waitFor();
  await checkLooks(page, 'desk-draw-drawn');
  assert.deepEqual(page.problems, []);
});
