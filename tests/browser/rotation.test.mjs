// The rotating chair in a real browser: planned, explained, published, swapped.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, accessibilityFaults, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

const SERVICE = 'alliance.v1.RotationService';
const DETAIL = '[data-testid=term-detail]';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('rotation');
  street = await suite.as('street');
  await adoptCharter();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// The demo's members joined today: without a probation they may chair from tomorrow.
// Only the standing council rotates, so that every unit's turn comes soon.
async function adoptCharter() {
  const parent = suite.demo.alliance;
  const charter = await street.call('alliance.v1.CharterService/GetCharter', { name: `${parent}/charters/-` });
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const [year, month, day] = today.split('-').map(Number);
  await street.call('alliance.v1.CharterService/AdoptCharter', {
    parent,
    charter: {
      ...charter,
      effectiveDate: { year, month, day },
      decision: '试验',
      rotation: { ...charter.rotation, probationDays: 0, poolTiers: ['TIER_STANDING'] },
    },
    baseVersion: charter.version,
    requestId: once(),
  });
}

const terms = () => all(street, `${SERVICE}/ListChairTerms`, 'chairTerms', { parent: suite.demo.alliance });
const lane = (page, id) => page.locator(`[data-testid=term][data-lane=${id}]`);
const inLane = (page, id, term) => page.locator(`[data-testid=term][data-lane=${id}][data-term="${term}"]`);
const openRotation = async (page) => {
  await page.getByTestId('nav-rotation').click();
  await settle(page);
};

test('the street plans two years, reads why the third term is whose it is, publishes', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await openRotation(page);
  await page.getByRole('link', { name: '去编排' }).first().click();
  await page.getByTestId('plan').click();
  await lane(page, 'draft').nth(3).waitFor();
  assert.equal(await lane(page, 'draft').count(), 4); // two years of half-year terms
  const drafted = await lane(page, 'draft').evaluateAll((blocks) => blocks.map((block) => block.dataset.member));
  assert.equal(new Set(drafted).size, 4, 'nobody serves twice before all have');
  assert.deepEqual(await terms(), [], 'a draft is not public');

  await lane(page, 'draft').nth(2).click();
  const why = page.getByTestId('why-summary');
  await why.waitFor();
  const { members } = await street.call('alliance.v1.MemberService/ListMembers', {
    parent: suite.demo.alliance,
    pageSize: 1000,
  });
  const third = members.find((member) => member.name === drafted[2]);
  assert.ok((await why.textContent()).includes(third.displayName));
  assert.ok((await page.getByTestId('alternative').count()) > 0);
  await picture(page, 'desk-rotation-why');
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
  await page.locator(DETAIL).waitFor({ state: 'hidden' });

  await page.getByTestId('publish').click();
  await page.getByTestId('becomes-public').waitFor();
  await picture(page, 'desk-rotation-publish');
  await page.getByTestId('confirm-reason').click();
  await page.getByTestId('publish').waitFor({ state: 'detached' });
  const published = await terms();
  assert.deepEqual(published.map((term) => term.member), drafted);

  // The seed is revealed, and the browser of anyone agrees with its commitment.
  const staff = await openAs(browser, suite, 'staff1', DESK);
  await staff.goto('/rotation/pool');
  await staff.getByTestId('verify-seed').first().click();
  const verdict = staff.getByTestId('seed-verdict').first();
  await verdict.waitFor();
  assert.equal(await verdict.getAttribute('data-same'), 'true');
  assert.deepEqual([...page.problems, ...staff.problems], []);
});

// Terms for every unit of the pool, and two liaisons whose units have one that is
// published and not yet frozen.
async function twoLiaisons() {
  const parent = suite.demo.alliance;
  const plan = await street.call(`${SERVICE}/PlanRotation`, { parent, termCount: 9, requestId: once() });
  const request = { parent, planEtag: plan.etag, reason: '试验', requestId: once() };
  await street.call(`${SERVICE}/PublishRotation`, request);
  const published = (await terms()).filter((term) => term.state === 'STATE_PUBLISHED');
  const found = [];
  for (const login of ['liaison1', 'liaison2', 'liaison4']) {
    const { caller } = await (await suite.as(login)).call('alliance.v1.AuthService/GetSession');
    const term = published.find((one) => one.member === caller.grants[0].member);
    if (term) found.push({ login, term });
  }
  assert.ok(found.length >= 2, 'no two of three units of the pool have a term that can move');
  return found;
}

test('a swap is asked, accepted, approved in 3 + 1 + 1 clicks, and the timeline moves', async () => {
  const [asker, asked] = await twoLiaisons();
  const one = await openAs(browser, suite, asker.login, DESK);
  const other = await openAs(browser, suite, asked.login, DESK);
  const office = await openAs(browser, suite, 'street', DESK);
  let clicks = 0;
  const click = async (target) => {
    await target.click();
    ++clicks;
  };

  await click(one.getByTestId('swap-start').first()); // from the workbench, with the own term
  const wanted = inLane(one, 'published', asked.term.name);
  await click(wanted);
  await one.getByTestId('swap-why').fill('上半年单位搬迁，希望与贵单位互换');
  await picture(one, 'desk-rotation-swap');
  await click(one.getByTestId('swap-send'));
  await one.getByTestId('swap-send').waitFor({ state: 'detached' });
  assert.equal(clicks, 3);

  // The others have had their workbench open all the time.
  clicks = 0;
  await click(other.getByTestId('swap-accept'));
  await other.getByTestId('swap-accept').waitFor({ state: 'detached' });
  assert.equal(clicks, 1);

  // The proposer watches the timeline.
  await openRotation(one);
  const before = inLane(one, 'published', asker.term.name);
  assert.equal(await before.getAttribute('data-member'), asker.term.member);

  clicks = 0;
  await click(office.getByTestId('swap-approve'));
  await office.getByTestId('swap-approve').waitFor({ state: 'detached' });
  assert.equal(clicks, 1);

  const member = (holder) => `[data-member="${holder}"]`;
  const moved = (term, holder) => one.locator(`[data-testid=term][data-term="${term.name}"]${member(holder)}`);
  await moved(asker.term, asked.term.member).waitFor();
  await moved(asked.term, asker.term.member).waitFor();
  await picture(one, 'desk-rotation');
  const stored = new Map((await terms()).map((term) => [term.name, term.member]));
  assert.equal(stored.get(asker.term.name), asked.term.member);
  assert.equal(stored.get(asked.term.name), asker.term.member);
  assert.deepEqual([...one.problems, ...other.problems, ...office.problems], []);
});

test('the timeline is walked by keyboard alone', async () => {
  const page = await openAs(browser, suite, 'staff1', DESK);
  await page.goto('/rotation');
  await settle(page);
  const focused = () => page.evaluate(() => document.activeElement?.dataset.at ?? '');
  const count = await lane(page, 'published').count();
  assert.ok(count >= 4);
  for (let tabs = 0; tabs < 80 && !(await focused()); ++tabs) await page.keyboard.press('Tab');
  assert.notEqual(await focused(), '', 'Tab never reaches the timeline');
  await page.keyboard.press('Home');
  assert.equal(await focused(), '0:0');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), '0:2');
  await page.keyboard.press('End');
  assert.equal(await focused(), `0:${count - 1}`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.locator(DETAIL).waitFor();
  assert.match(page.url(), /term=\d{4}-\d{2}-\d{2}/);
  await page.keyboard.press('Escape');
  await page.locator(DETAIL).waitFor({ state: 'hidden' });
  assert.equal(await focused(), `0:${count - 2}`, 'the focus does not come back');
  assert.deepEqual(page.problems, []);
});

test('paper has the terms as a table, and nothing to click', async () => {
  const page = await openAs(browser, suite, 'staff1', DESK);
  await page.goto('/rotation');
  await settle(page);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.print-only tbody tr').count(), (await terms()).length);
  assert.ok(await page.locator('.print-only table').isVisible());
  for (const hidden of ['.side', '.top', '.views', '.filters', '[data-testid=timeline]']) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is printed`);
  }
});
