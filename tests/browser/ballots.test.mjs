// Ballots and procedures as people meet them: a secret ballot from the paper to the
// recount, live in two browsers; and every page of theirs, accessible.

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
import { meetingInSession } from '../lib/meetings.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const BALLOT = 'meeting.v1.BallotService';
let suite;
let browser;
let street;
let meeting;
const last = (name) => name.split('/').at(-1);
before(async () => {
  suite = await Suite.start('ballots-browser');
  street = await suite.as('street');
  meeting = await meetingInSession(suite, street);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const open = (kind, question) =>
  street.call(`${BALLOT}/OpenBallot`, { parent: meeting, ballot: { question, kind }, requestId: once() });
const press = (page, id) => page.getByTestId(id).first().click();

test('a secret ballot, from the paper to the recount', async () => {
  const desk = await openAs(browser, suite, 'street', DESK);
  await desk.goto(`/meetings/${last(meeting)}`);
  await press(desk, 'ballot-new');
  // An item that has a kind gives it; only a ballot without an item chooses.
  const item = desk.getByRole('dialog').locator('select').first();
  await item.selectOption({ label: '夜间停车' });
  await desk.getByTestId('ballot-kind-given').filter({ hasText: '一般事项' }).waitFor();
  assert.equal(await desk.getByTestId('ballot-kind').count(), 0);
  await item.selectOption('');
  await desk.getByTestId('ballot-question').fill('试验：推选监督员');
  await desk.getByTestId('ballot-kind').selectOption('4');
  await press(desk, 'ballot-open');
  await desk.getByTestId('open-box').waitFor();

  // On the page of the meeting as it goes on, from the paper to the vote.
  const phones = [];
  for (const login of ['liaison1', 'liaison2', 'liaison3']) {
    const phone = await openAs(browser, suite, login, PHONE);
    await phone.goto(`/meetings/${last(meeting)}/live`);
    await press(phone, 'draw');
    await phone.getByTestId('paper-drawn').waitFor();
    phones.push(phone);
  }
  await picture(phones[0], 'ballot-drawn');
  await press(desk, 'open-box');
  for (const [i, phone] of phones.entries()) {
    const requests = [];
    phone.on('request', (request) => requests.push(request));
    await press(phone, i === 2 ? 'mark-2' : 'mark-1'); // by itself: nobody has reloaded
    await press(phone, 'cast');
    await phone.getByTestId('paper-cast').waitFor();
    const cast = requests.find((request) => request.url().endsWith('/CastPaper'));
    assert.equal((await cast.allHeaders()).cookie, undefined);
  }
  await desk.getByTestId('ballot-in-box').getByText('3').waitFor();
  await picture(desk, 'ballot-open');
  await press(desk, 'close-ballot');
  await press(desk, 'close-ballot-yes'); // others are there and have not voted
  await phones[0].locator('[data-testid=ballot-state][data-outcome="2"]').first().waitFor();
  await phones[0].getByRole('link', { name: '试验：推选监督员' }).click();
  await press(phones[0], 'check');
  const findings = phones[0].getByTestId('findings');
  await findings.waitFor();
  assert.equal(await findings.getAttribute('data-own'), 'found');
  assert.equal(await findings.getAttribute('data-fine'), 'true');
  await picture(phones[0], 'ballot-checked');
  for (const page of [desk, ...phones]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test('a named vote on the page of the meeting, and changed', async () => {
  await open('ITEM_KIND_ORDINARY', '试验：共享停车扩容');
  const phone = await openAs(browser, suite, 'liaison1', PHONE);
  await phone.goto(`/meetings/${last(meeting)}`);
  await press(phone, 'vote-2');
  await phone.locator('[data-testid=vote-2][aria-pressed=true]').waitFor();
  await press(phone, 'vote-1');
  await phone.locator('[data-testid=vote-1][aria-pressed=true]').waitFor();
  await picture(phone, 'ballot-named');
  await phone.context().close();
});

test('every page of ballots and procedures is accessible', async () => {
  const { ballots } = await street.call(`${BALLOT}/ListBallots`, { parent: meeting });
  const { procedures } = await street.call('meeting.v1.ProcedureService/ListProcedures', {
    parent: suite.demo.alliance,
  });
  const paths = [
    `meetings/${last(meeting)}`,
    ...ballots.map(({ name }) => `meetings/${last(meeting)}/ballots/${last(name)}`),
    'procedures',
    `procedures/${last(procedures[0].name)}`,
    'procedures/new',
    'procedures/templates',
    'procedures/templates/four-two',
  ];
  const faults = [];
  for (const [login, viewport] of [['street', DESK], ['liaison1', PHONE]]) {
    const page = await openAs(browser, suite, login, viewport);
    for (const path of paths) {
      await page.goto(`/${path}`);
      await settle(page);
      const name = `${login}-${path.replaceAll('/', '-')}`;
      await picture(page, name);
      const here = [...(await accessibilityFaults(page)), ...(await clippedText(page))];
      await look(page, { dark: true, elder: true });
      await picture(page, `${name}-dark-elder`);
      here.push(...(await lookFaults(page)), ...(await clippedText(page)));
      await look(page, { dark: false, elder: false });
      faults.push(...here.map((fault) => `${login} ${path}: ${fault}`));
    }
    faults.push(...page.problems);
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
