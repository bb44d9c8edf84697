// Journeys 3 and 4: a request with a photo, whose progress shows in a second browser by
// itself; the street dispatches, the unit resolves, the reporter rates.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, openAs, picture, settle } from '../lib/browser.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { Suite } from '../lib/suite.mjs';
import { all } from '../lib/world.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('requests');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const photo = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};
const requestsOf = async (title) => {
  const found = await all(street, 'meeting.v1.RequestService/ListRequests', 'requests', {
    parent: suite.demo.alliance,
    view: 'REQUEST_VIEW_ALLIANCE',
  });
  return found.filter((request) => request.title === title);
};
const row = (page, title) => page.getByTestId('request').filter({ hasText: title });
const stateOf = (page, state) => page.locator(`[data-testid=request-state][data-state="${state}"]`).first();

// Counts clicks.
function counter() {
  const click = async (target) => {
    await target.click();
    ++click.count;
  };
  click.count = 0;
  return click;
}

async function fill(page, title) {
  await page.getByTestId('request-title').fill(title);
  await page.getByTestId('request-place').fill('金穗路 12 号');
}

test('a request with a photo in four taps; dispatched, resolved and rated in three each, live', async () => {
  const title = '路面塌陷一处';
  const page = await openAs(browser, suite, 'staff2', PHONE);
  const report = counter();
  await report(page.getByTestId('nav-requests'));
  await report(page.getByTestId('request-new'));
  await fill(page, title);
  const chooser = page.waitForEvent('filechooser');
  await report(page.getByTestId('photo-add'));
  await (await chooser).setFiles(photo);
  await page.getByTestId('preview').waitFor();
  await settle(page);
  await picture(page, 'phone-form');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await report(page.getByTestId('request-send'));
  await stateOf(page, 1).waitFor();
  await page.getByTestId('photo-shown').waitFor();
  assert.equal(report.count, 4);
  assert.equal((await requestsOf(title)).length, 1);

  const desk = await openAs(browser, suite, 'street', DESK);
  const dispatch = counter();
  await dispatch(desk.getByTestId('nav-requests').first());
  await dispatch(row(desk, title).getByTestId('dispatch'));
  const choices = await desk.getByTestId('member').locator('option').allTextContents();
  await desk.getByTestId('member').selectOption({ label: choices.find((one) => one.startsWith('小寒数据')) });
  await desk.getByTestId('category').selectOption('5');
  await picture(desk, 'desk-dispatch');
  assert.deepEqual(await accessibilityFaults(desk), []);
  await dispatch(desk.getByTestId('confirm-dispatch'));
  assert.equal(dispatch.count, 3);
  await stateOf(page, 3).waitFor(); // nobody touched the reporter's phone
  await picture(page, 'phone-progress');

  const unit = await openAs(browser, suite, 'liaison1', DESK);
  const resolve = counter();
  await resolve(unit.getByTestId('nav-requests').first());
  await resolve(row(unit, title).getByTestId('resolve'));
  await unit.getByTestId('result').fill('已回填并压实。');
  await resolve(unit.getByTestId('confirm-resolve'));
  assert.equal(resolve.count, 3);
  await stateOf(page, 5).waitFor();

  const rate = counter();
  await rate(page.getByTestId('nav-requests'));
  await rate(row(page, title).getByTestId('score-5'));
  await rate(page.getByTestId('confirm-rate'));
  assert.equal(rate.count, 3);
  await stateOf(row(page, title), 6).waitFor();
  await settle(page);
  await picture(page, 'phone-list');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  const [made] = await requestsOf(title);
  assert.equal(made.rating, 5);
  for (const one of [page, desk, unit]) assert.deepEqual(one.problems, []);
});

test('in the elder look, by keyboard alone', async () => {
  const title = '垃圾桶翻倒';
  const page = await openAs(browser, suite, undefined, PHONE);
  const keys = new Keyboard(page);
  await keys.signIn(suite.account('staff1'));
  await keys.chooseElder();
  await keys.act(page.getByTestId('nav-requests'), { back: true });
  await keys.act(page.getByTestId('request-new'));
  await keys.type(page.getByTestId('request-title'), title);
  await keys.type(page.getByTestId('request-place'), '麦香公园');
  await keys.to(page.getByTestId('photo')); // what opens is the machine's own
  await page.getByTestId('photo').setInputFiles(photo);
  await page.getByTestId('preview').waitFor();
  await settle(page);
  await picture(page, 'elder-form');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await keys.act(page.getByTestId('request-send'));
  await stateOf(page, 1).waitFor();
  await page.getByTestId('photo-shown').waitFor();
  await settle(page);
  await picture(page, 'elder-request');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  assert.equal((await requestsOf(title)).length, 1);
  assert.deepEqual(page.problems, []);
});

test('the gateway is killed before it is sent: nothing typed is lost, one request', async () => {
  const title = '窨井盖缺失';
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await look(page, { elder: true });
  await page.goto('/requests/new');
  await settle(page);
  await fill(page, title);
  await page.getByTestId('photo').setInputFiles(photo);
  await page.getByTestId('preview').waitFor();
  const bringBack = suite.takeDown('gateway');
  try {
    await page.getByTestId('request-send').click();
    await page.getByTestId('problem').getByText('网络').waitFor();
    await picture(page, 'gateway-down');
  } finally {
    await bringBack();
  }
  assert.equal(await page.getByTestId('request-title').inputValue(), title);
  assert.equal(await page.getByTestId('preview').count(), 1);
  await page.getByTestId('request-send').click();
  await page.getByTestId('photo-shown').waitFor();
  assert.equal((await requestsOf(title)).length, 1);
  assert.deepEqual(page.problems, []);
});
