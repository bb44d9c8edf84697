// Journey 8 in real browsers: a liaison opens night windows (four clicks), staff sees them
// live (one), the auditor finds the entry and verifies it (three).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, lookFaults, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { DAY, all, once, shanghaiDay } from '../lib/world.mjs';

const root = new URL('../..', import.meta.url).pathname;
const program = path.join(process.env.JINHUAN_BUILD ?? path.join(root, 'build/release'), 'bin/jinhuan-verify');
const PLACE = '夜间试开车场';

let suite;
let browser;
let street;
let facility;
before(async () => {
  suite = await Suite.start('night-windows');
  street = await suite.as('street');
  facility = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: suite.demo.alliance,
    facility: { displayName: PLACE, kind: 'FACILITY_KIND_PARKING', owner: suite.account('liaison1').member },
    requestId: once(),
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// Clicks, counts, and waits until what came of it stands still.
function hand(page) {
  const clicker = {
    clicks: 0,
    async click(target) {
      await target.click();
      ++clicker.clicks;
      await settle(page);
    },
  };
  return clicker;
}

test('a liaison opens night windows in four clicks, and staff sees them without a reload', async () => {
  // Tonight may have begun; the next night that new windows are open at has not.
  const nights = [1, 2, 3].map((ahead) => shanghaiDay(new Date(Date.now() + ahead * DAY).toISOString()));
  const night = nights.find((day) => ![0, 6].includes(new Date(day).getUTCDay()));
  const staff = await openAs(browser, suite, 'staff1', PHONE);
  const eyes = hand(staff);
  await eyes.click(staff.getByTestId('nav-parking'));
  await staff.locator(`[data-testid=day][data-day="${night}"]`).click();
  await settle(staff);
  const card = staff.locator('.slot-card').filter({ hasText: PLACE });
  assert.equal(await card.count(), 0);
  await staff.evaluate(() => (window.isTheSamePage = true));

  const page = await openAs(browser, suite, 'liaison1', DESK);
  await settle(page);
  const liaison = hand(page);
  await liaison.click(page.getByTestId('nav-facilities'));
  await liaison.click(page.getByTestId('facility').filter({ hasText: PLACE }));
  await liaison.click(page.getByTestId('window-new'));
  await page.locator('#window_displayName').fill('夜间共享');
  await page.locator('#window_openMinute').fill('19:00');
  await page.locator('#window_closeMinute').fill('07:00');
  await page.locator('#window_capacity').fill('8');
  await liaison.click(page.getByTestId('window-save'));
  await page.getByTestId('window').filter({ hasText: '夜间共享' }).waitFor();
  assert.equal(liaison.clicks, 4);
  assert.deepEqual(await accessibilityFaults(page), []);
  await picture(page, 'desk-facility');

  const slot = card.locator('[data-testid=slot][data-state=bookable]').last();
  await slot.waitFor();
  assert.equal(eyes.clicks, 1);
  assert.equal(await staff.evaluate(() => window.isTheSamePage), true);
  assert.equal(shanghaiDay(await slot.getAttribute('data-start')), night);
  await picture(staff, 'phone-night-windows');
  assert.deepEqual([...page.problems, ...staff.problems], []);
});

test('the auditor finds the entry and verifies it in three clicks', async () => {
  const { windows } = await street.call('resource.v1.FacilityService/ListWindows', { parent: facility.name });
  const page = await openAs(browser, suite, 'audit', DESK);
  await settle(page);
  const auditor = hand(page);
  await auditor.click(page.getByTestId('nav-journal'));
  await page.getByTestId('search-resource').fill(windows[0].name);
  const rows = page.getByTestId('entry-row');
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.equal(await rows.filter({ hasText: '夜间共享' }).count(), 1);
  await auditor.click(page.getByTestId('entry'));
  await auditor.click(page.getByTestId('verify'));
  assert.equal(auditor.clicks, 3);
  const verdict = page.getByTestId('verdict');
  await verdict.waitFor();
  assert.equal(await verdict.getAttribute('data-outcome'), 'good', await verdict.textContent());
  for (const [check, outcome] of Object.entries({ signature: 'good', entry: 'good', history: 'first' })) {
    assert.equal(await page.getByTestId(`check-${check}`).getAttribute('data-outcome'), outcome);
  }
  await picture(page, 'desk-verified');
  assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page))], []);
  await look(page, { dark: true, elder: true });
  assert.deepEqual([...(await lookFaults(page)), ...(await clippedText(page))], []);
  await picture(page, 'desk-verified-dark-elder');
  await look(page, { dark: false, elder: false });
  await page.setViewportSize(PHONE);
  await picture(page, 'phone-verified');
  assert.deepEqual(await clippedText(page), []);
  assert.deepEqual(page.problems, []);
});

// Saves what a click downloads, and gives the path.
async function saved(page, target) {
  const [download] = await Promise.all([page.waitForEvent('download'), target.click()]);
  const file = path.join(suite.data, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

test('what the portal exports is checked without the server', async () => {
  const audit = await suite.as('AUDIT_ADMIN');
  const { verifierKey } = await audit.call('resource.v1.JournalService/GetCheckpoint');
  const key = path.join(suite.data, 'log.key');
  writeFileSync(key, verifierKey);
  const verify = (...args) => spawnSync(program, ['--log-key', key, ...args], { encoding: 'utf8' });
  const page = await openAs(browser, suite, 'audit', DESK);
  await page.goto('/journal?service=resource');
  await settle(page);
  const whole = verify(await saved(page, page.getByTestId('export-bundle')));
  assert.equal(whole.status, 0, whole.stdout + whole.stderr);
  await page.goto('/journal/resource/2');
  await settle(page);
  const one = verify('--part', await saved(page, page.getByTestId('export-entry')));
  assert.equal(one.status, 0, one.stdout + one.stderr);
});

test('an entry that was changed in the database is found out, and so is a rewritten journal', async () => {
  const audit = await suite.as('AUDIT_ADMIN');
  const entries = await all(audit, 'resource.v1.JournalService/ListEntries', 'entries', {});
  const { number } = entries.at(-1);
  const page = await openAs(browser, suite, 'audit', DESK);
  const outcomes = async () => {
    await page.goto(`/journal/resource/${number}`);
    await page.getByTestId('verify').click();
    await page.getByTestId('verdict').waitFor();
    const found = page.locator('[data-testid^=check-]');
    return found.evaluateAll((all) => all.map((one) => one.dataset.outcome));
  };
  assert.deepEqual(await outcomes(), ['good', 'good', 'first']);
  suite.sql(`UPDATE resource.journal_entry SET record = REPLACE(record, 'users/', 'user5/') WHERE number = ${number}`);
  assert.deepEqual(await outcomes(), ['good', 'bad', 'good']);
  await picture(page, 'desk-tampered');
  assert.deepEqual(await accessibilityFaults(page), []);
  // The node above it is written anew too, as who rewrites a journal must.
  suite.sql(`UPDATE resource.journal_node SET hash = REVERSE(hash) WHERE level > 0`);
  assert.notEqual((await outcomes())[2], 'good');
});
