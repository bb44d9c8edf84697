// Every main page for each kind of person, on a phone and on a desk: axe finds
// nothing, nothing is cut off, no script fails.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';

const PAGES = {
  staff1: ['workbench', 'overview', 'parking', 'canteen', 'mine', 'mine/settings', 'meetings', 'members', 'charter', 'rotation', 'rotation/pool', 'rotation/swaps'],
  liaison1: ['workbench', 'rotation/mine', 'rotation/swap', 'facilities', 'facilities/new', 'reception', 'meetings'],
  street: ['workbench', 'rotation', 'rotation/plan', 'overview', 'members', 'members/new', 'members/import', 'members/applications', 'charter', 'charter/adopt', 'facilities', 'meetings', 'meetings/new'],
  sysadmin: ['workbench', 'mine/settings', 'users', 'users/new', 'alliances', 'alliances/new', 'systems', 'systems/new'],
  secadmin: ['workbench', 'users', 'systems'],
  audit: ['workbench', 'journal'],
};

let suite;
let browser;
before(async () => {
  suite = await Suite.start('accessibility');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

for (const [title, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`applying without an account, ${title}`, async () => {
    const page = await openAs(browser, suite, undefined, viewport);
    const faults = [];
    for (const path of ['apply', `apply/${suite.demo.alliance.split('/')[1]}`, 'apply/status']) {
      await page.goto(`/${path}`);
      await settle(page);
      await picture(page, `${title}-${path.replace('/', '-')}`);
      faults.push(...(await accessibilityFaults(page)), ...(await clippedText(page)));
    }
    assert.deepEqual([...faults, ...page.problems], []);
    await page.context().close();
  });

  test(`sign-in, ${title}`, async () => {
    const page = await openAs(browser, suite, undefined, viewport);
    await page.goto('/');
    await page.getByTestId('sign-in').waitFor();
    await picture(page, `${title}-sign-in`);
    assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page))], []);
  });

  for (const [login, paths] of Object.entries(PAGES)) {
    test(`${login}, ${title}: ${paths.join(', ')}`, async () => {
      const page = await openAs(browser, suite, login, viewport);
      const faults = [];
      for (const path of paths) {
        await page.goto(`/${path}`);
        await settle(page);
        await picture(page, `${title}-${login}-${path.replace('/', '-')}`);
        faults.push(...(await accessibilityFaults(page)), ...(await clippedText(page)));
      }
      assert.deepEqual([...faults, ...page.problems], []);
      await page.context().close();
    });
  }
}
