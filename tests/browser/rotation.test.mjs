// The rotating chair in a real browser: planned, explained, published, swapped, walked
// by keyboard, printed. Each test has an alliance of its own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, newAlliance, person, roster } from '../lib/alliances.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle, signIn } from '../lib/browser.mjs';
import { eventually } from '../lib/door.mjs';
import { dayFrom } from '../lib/recount.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

const SERVICE = 'alliance.v1.RotationService';

let suite;
let browser;
before(async () => {
  suite = await Suite.start('rotation-pages');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const terms = ({ name, street }) => all(street, `${SERVICE}/ListChairTerms`, 'chairTerms', { parent: name });

// The first day of this month in China, so that the first term is under way.
function thisMonth() {
  const now = new Date(Date.now() + 8 * 3600e3);
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: 1 };
}

// An alliance whose rotation is published: the first term under way, the second frozen.
async function published(units = 6) {
  const alliance = await newAlliance(suite, units);
  const { name: parent, street } = alliance;
  const plan = { parent, termCount: units, firstDate: thisMonth(), requestId: once() };
  const { etag } = await street.call(`${SERVICE}/PlanRotation`, plan);
  await street.call(`${SERVICE}/PublishRotation`, { parent, planEtag: etag, reason: '试验', requestId: once() });
  return { ...alliance, terms: await terms(alliance) };
}

// A page of somebody who was made for the test.
async function openFor({ login }, viewport = DESK) {
  const page = await openAs(browser, suite, undefined, viewport);
  await signIn(page, { login, password: PASSWORD });
  return page;
}

const lane = (page, id) => page.locator(`[data-testid=term][data-lane=${id}]`);
const block = (page, term) => page.locator(`[data-testid=term][data-lane=published][data-term="${term.name}"]`);
const faults = async (page) => [...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems];

async function openRotation(page) {
  await page.getByTestId('nav-rotation').click();
  await page.getByTestId('timeline').waitFor();
  await settle(page);
}

test('the street imports a roster, plans two years, reads why the third term is whose it is, publishes', async () => {
  const alliance = await newAlliance(suite, 0);
  const page = await openFor(alliance.street);
  await page.getByTestId('nav-members').click();
  await page.getByTestId('member-import').click();
  await page.getByTestId('roster-file').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(roster(6)) });
  await page.getByTestId('count-created').getByText('6').waitFor();
  await page.getByTestId('roster-import').click();
  await page.getByTestId('roster-done').waitFor();
  alliance.members = await all(alliance.street, 'alliance.v1.MemberService/ListMembers', 'members', { parent: alliance.name });
  assert.equal(alliance.members.length, 6);

  await page.getByTestId('nav-rotation').click();
  await page.getByRole('link', { name: '去编排' }).first().click();
  await page.getByTestId('plan-first').fill(dayFrom(thisMonth()));
  await page.getByTestId('plan').click();
  await lane(page, 'draft').nth(3).waitFor();
  const drafted = await lane(page, 'draft').evaluateAll((blocks) => blocks.map(({ dataset }) => dataset.member));
  assert.equal(drafted.length, 4); // two years of half-year terms
  assert.equal(new Set(drafted).size, 4, 'nobody serves twice before all have');
  assert.deepEqual(await terms(alliance), [], 'a draft is not public');

  await lane(page, 'draft').nth(2).click();
  const why = page.getByTestId('why-summary');
  await why.waitFor();
  const third = alliance.members.find(({ name }) => name === drafted[2]);
  assert.ok((await why.textContent()).includes(third.displayName));
  assert.equal(await page.getByTestId('alternative').count(), 5); // every other unit
  await picture(page, 'desk-rotation-why');
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press('Escape');
  await page.getByTestId('term-detail').waitFor({ state: 'hidden' });

  await page.getByTestId('publish').click();
  await page.getByTestId('becomes-public').waitFor();
  await settle(page);
  await picture(page, 'desk-rotation-publish');
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('confirm-reason').click();
  await page.getByTestId('publish').waitFor({ state: 'detached' });
  assert.deepEqual((await terms(alliance)).map(({ member }) => member), drafted);

  // What would be if the unit of the third term left: its term changes hands.
  await page.getByTestId('if-unit').selectOption({ label: third.displayName });
  await page.getByTestId('if-add').click();
  await page.getByTestId('what-if-count').waitFor();
  assert.ok((await page.getByTestId('what-if-change').allTextContents()).some((text) => text.includes(third.displayName)));
  assert.deepEqual((await terms(alliance)).map(({ member }) => member), drafted, 'a supposition is kept');

  // Anyone's browser finds that the revealed seed is the one that was committed to.
  await page.goto('/rotation/pool');
  await page.getByTestId('verify-seed').click();
  await page.getByTestId('seed-verdict').waitFor();
  assert.equal(await page.getByTestId('seed-verdict').getAttribute('data-same'), 'true');
  assert.deepEqual(page.problems, []);
});

test('a swap is asked, accepted, approved in 3 + 1 + 1 clicks, and the timeline moves', async () => {
  const alliance = await published();
  const [own, wanted] = alliance.terms.slice(2, 4);
  const liaison = ({ member }) => person(suite, 'LIAISON', { alliance: alliance.name, member });
  const [asker, asked] = await Promise.all([liaison(own), liaison(wanted)]);
  const [one, other, office] = await Promise.all([asker, asked, alliance.street].map((who) => openFor(who)));
  let clicks = 0;
  const click = async (target) => {
    await target.click();
    ++clicks;
  };

  await click(one.getByTestId('swap-start')); // on the workbench, with the unit's own term
  await click(block(one, wanted));
  await one.getByTestId('swap-why').fill('上半年单位搬迁，希望与贵单位互换');
  await picture(one, 'desk-rotation-swap');
  await click(one.getByTestId('swap-send'));
  await one.getByTestId('swap-send').waitFor({ state: 'detached' });
  assert.equal(clicks, 3);

  // The others have had their workbenches open all the time.
  clicks = 0;
  await click(other.getByTestId('swap-accept'));
  await other.getByTestId('swap-accept').waitFor({ state: 'detached' });
  assert.equal(clicks, 1);

  // The proposer watches the timeline.
  await openRotation(one);
  assert.equal(await block(one, own).getAttribute('data-member'), own.member);
  assert.equal(
    await one.getByTestId('now-chair').textContent().then((text) => text.includes(alliance.terms[0].memberDisplayName)),
    true,
  );

  clicks = 0;
  await click(office.getByTestId('swap-approve'));
  await office.getByTestId('swap-approve').waitFor({ state: 'detached' });
  assert.equal(clicks, 1);

  const held = (term, { member }) => block(one, term).and(one.locator(`[data-member="${member}"]`));
  await held(own, wanted).waitFor();
  await held(wanted, own).waitFor();
  await picture(one, 'desk-rotation');
  const stored = (await terms(alliance)).map(({ member }) => member);
  assert.deepEqual(stored.slice(2, 4), [wanted.member, own.member]);
  assert.deepEqual([...one.problems, ...other.problems, ...office.problems], []);
});

test('the timeline is walked by keyboard alone', async () => {
  const alliance = await published();
  const page = await openFor(await person(suite, 'STAFF', { alliance: alliance.name, member: alliance.members[0].name }));
  await page.goto('/rotation');
  await page.getByTestId('timeline').waitFor();
  await settle(page);
  const focused = () => page.evaluate(() => document.activeElement?.dataset.at ?? '');
  const isAt = (block) => eventually(async () => (await focused()) === block);
  const last = alliance.terms.length - 1;
  for (let tabs = 0; tabs < 80 && !(await focused()); ++tabs) await page.keyboard.press('Tab');
  assert.equal(await focused(), '0:0', 'Tab does not reach the term under way');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await isAt('0:2');
  await page.keyboard.press('End');
  await isAt(`0:${last}`);
  await page.keyboard.press('PageUp'); // a year
  await isAt(`0:${last - 2}`);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByTestId('term-detail').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('term'), alliance.terms[1].name.split('/').pop());
  await page.keyboard.press('Escape');
  await page.getByTestId('term-detail').waitFor({ state: 'hidden' });
  await isAt('0:1'); // the focus comes back
  assert.deepEqual(page.problems, []);
});

test('a liaison says on a phone when the unit can not serve, and takes it back', async () => {
  const alliance = await published();
  const page = await openFor(
    await person(suite, 'LIAISON', { alliance: alliance.name, member: alliance.terms[4].member }),
    PHONE,
  );
  await page.goto('/rotation/mine');
  await page.getByTestId('declare').tap();
  const away = alliance.terms[4].startTime.slice(0, 10);
  await page.getByTestId('declare-from').fill(away);
  await page.getByTestId('declare-to').fill('2020-01-01');
  await page.getByTestId('declare-reason').fill('年度审计');
  await page.getByTestId('declare-send').tap();
  await page.getByText('末日不能早于首日').waitFor(); // and nothing typed is lost
  assert.equal(await page.getByTestId('declare-reason').inputValue(), '年度审计');
  await page.getByTestId('declare-to').fill(away);
  await page.getByTestId('declare-send').tap();
  await page.getByTestId('unavailability').waitFor();
  const listed = () =>
    all(alliance.street, `${SERVICE}/ListUnavailabilities`, 'unavailabilities', { parent: alliance.name });
  assert.deepEqual((await listed()).map(({ reason }) => reason), ['年度审计']);
  await settle(page);
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('cancel-unavailability').tap();
  await page.getByTestId('unavailability').waitFor({ state: 'detached' });
  assert.deepEqual(await listed(), []);
});

test('paper has the terms as a table, and nothing to click', async () => {
  const alliance = await published();
  const page = await openFor(alliance.street);
  await openRotation(page);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.print-only table').isVisible());
  assert.equal(await page.locator('.print-only tbody tr').count(), alliance.terms.length);
  for (const hidden of ['.side', '.top', '.views', '.filters', '[data-testid=timeline]']) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is printed`);
  }
});
