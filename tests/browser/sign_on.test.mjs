// A person links an identity at another provider, and signs in with it from then on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { openSignOn } from '../lib/oidc.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
let site; // the suite with a provider
let browser;
before(async () => {
  suite = await Suite.start('sign-on');
  site = await openSignOn(suite);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.end();
  await suite?.end();
});

const person = (login, viewport) =>
  openAs(browser, { http: site.door.http, account: (name) => suite.account(name) }, login, viewport);

// At the provider's own pages.
async function signInThere(page, login) {
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' });
  await page.locator('button[type="submit"]').click();
}

test('linked in the settings on a desk, signed in with on a phone', async () => {
  const desk = await person('staff1', DESK);
  await desk.goto('/mine/settings');
  await desk.getByTestId('link-sign-on').click();
  await signInThere(desk, 'id-of-staff1');
  await desk.getByTestId('unlink-sign-on').waitFor();
  assert.match(await desk.getByTestId('sign-on-state').textContent(), /已关联/);
  await settle(desk);
  assert.deepEqual([...(await accessibilityFaults(desk)), ...(await clippedText(desk)), ...desk.problems], []);
  await picture(desk, 'sign-on-linked');

  const phone = await person(undefined, PHONE);
  await phone.goto('/sign-in?to=/mine/settings');
  await phone.getByTestId('sign-on').waitFor();
  await settle(phone);
  assert.deepEqual([...(await accessibilityFaults(phone)), ...(await clippedText(phone))], []);
  await picture(phone, 'sign-on-button');
  await phone.getByTestId('sign-on').click();
  await signInThere(phone, 'id-of-staff1');
  await phone.getByTestId('unlink-sign-on').waitFor();
  assert.equal(new URL(phone.url()).pathname, '/mine/settings');
  assert.deepEqual(phone.problems, []);
});

test('who has linked nothing is told how, and an address from elsewhere does nothing', async () => {
  const phone = await person(undefined, PHONE);
  await phone.goto('/sign-in');
  await phone.getByTestId('sign-on').click();
  await signInThere(phone, 'stranger');
  assert.match(await phone.getByTestId('problem').textContent(), /尚未关联账号/);
  await picture(phone, 'sign-on-not-linked');

  // Who leaves the provider without signing in there.
  const leaving = await person(undefined, PHONE);
  await leaving.goto('/sign-in');
  await leaving.getByTestId('sign-on').click();
  await leaving.getByText('Cancel').click();
  assert.match(await leaving.getByTestId('sign-on-nothing').textContent(), /对方未同意/);

  const other = await person(undefined, PHONE);
  await other.goto('/sign-on?code=made-up&state=made-up');
  await other.getByTestId('to-sign-in').click();
  await other.getByTestId('sign-in').waitFor();
});
