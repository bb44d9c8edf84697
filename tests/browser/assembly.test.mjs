// Journey 6: the code for check-in is scanned, quorum and majority move live, a ballot is put,
// voted in and decided, the minutes are published; two browsers see all of it at once. Then the
// same in the elder look by keyboard alone, with the gateway killed half-way, and with two
// people of one unit at the same moment.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, newAlliance, person } from '../lib/alliances.mjs';
import {
  DESK,
  PHONE,
  accessibilityFaults,
  clippedText,
  launch,
  look,
  openAs,
  picture,
  scan,
  settle,
  signIn,
} from '../lib/browser.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { meetingNow } from '../lib/meetings.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const BALLOT = 'meeting.v1.BallotService';
const MEETING = 'meeting.v1.MeetingService';
const QUESTION = '夜间停车';
const CARRIED = '[data-testid=ballot-state][data-outcome="1"]';
let suite;
let browser;
before(async () => {
  suite = await Suite.start('assembly');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// A meeting that five units with two votes each are invited to. The second is there and stands
// for the third; with the first there is a quorum. The `delegate` is the first one's.
async function assembly() {
  const { name: alliance, street, members } = await newAlliance(suite, 5);
  const [delegate, holder, grantor] = await Promise.all(
    members.slice(0, 3).map(({ name: member }) => person(suite, 'LIAISON', { alliance, member })),
  );
  const { name } = await meetingNow(suite, street, {
    alliance,
    rules: { tierWeights: [{ tier: 'TIER_STANDING', votes: 2 }] },
  });
  await grantor.call(`${BALLOT}/GrantProxy`, { parent: name, holder: members[1].name, requestId: once() });
  await street.call(`${MEETING}/CheckInDelegate`, { name, member: members[1].name, requestId: once() });
  // The second unit's two votes: its own, and the one for the third.
  const others = async () => {
    const { ballots } = await holder.call(`${BALLOT}/ListBallots`, { parent: name });
    const cast = (member, choice) =>
      holder.call(`${BALLOT}/CastVote`, { name: ballots[0].name, member, choice, requestId: once() });
    await cast(members[1].name, 'CHOICE_FOR');
    await cast(members[2].name, 'CHOICE_AGAINST');
  };
  const count = async () => (await street.call(`${BALLOT}/ListBallots`, { parent: name })).ballots[0].count;
  const address = `/meetings/${name.split('/').pop()}`;
  return { alliance, street, delegate, members, name, address, others, count };
}

async function openFor({ login }, viewport) {
  const page = await openAs(browser, suite, null, viewport);
  await signIn(page, { login, password: PASSWORD });
  return page;
}

function counter() {
  const click = async (target) => {
    await target.click();
    ++click.count;
  };
  click.count = 0;
  return click;
}

const faults = async (page) => [...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems];
const isLive = (page) => page.locator('[data-testid=live-light][data-live=true]').waitFor();
const isQuorate = (page, yes) => page.locator(`[data-testid=quorum][data-quorate=${yes}]`).waitFor();
const votesFor = (page, n) => page.getByTestId('ballot-for').getByText(String(n), { exact: true }).waitFor();
const toHall = (page) => page.getByRole('link', { name: '前往会场' });
const adjourn = (page) => page.getByRole('dialog').getByRole('button', { name: '宣布散会' });

// The chair's page, with the meeting open and the item to decide under way.
async function openHall(chair, { address }) {
  await chair.goto(`${address}/live`);
  await isLive(chair);
  await chair.getByTestId('meeting-open').click();
  await chair.getByTestId('meeting-open-yes').click(); // before its time, and nobody is there
  await chair.getByTestId('set-item').last().click();
  await isQuorate(chair, false);
}

test('scan + 1 to be there, live to the outcome, the minutes published with three clicks', async () => {
  const meeting = await assembly();
  const chair = await openFor(meeting.street, DESK);
  await openHall(chair, meeting);
  await picture(chair, 'desk-hall-before-quorum');

  const phone = await openFor(meeting.delegate, PHONE);
  await phone.goto(await scan(chair.getByTestId('qr')));
  await settle(phone);
  const come = counter();
  await come(phone.getByTestId('check-in'));
  await phone.getByTestId('checked-in').waitFor();
  assert.equal(come.count, 1);
  // Nobody touched the chair's browser. Two are there, and one of them for another.
  await isQuorate(chair, true);
  await chair.getByTestId('count-present').getByText('2', { exact: true }).waitFor();
  await chair.getByText('其中受托 1 家').waitFor();
  assert.match(await chair.getByTestId('majority').textContent(), /在场 6 票，共 10 票.*赞成满 4 票/);

  await toHall(phone).click();
  await isQuorate(phone, true);
  const put = counter();
  await put(chair.getByTestId('ballot-new'));
  assert.equal(await chair.getByTestId('ballot-question').inputValue(), QUESTION); // what is dealt with
  await picture(chair, 'desk-hall-put');
  await put(chair.getByTestId('ballot-open'));
  assert.equal(put.count, 2);
  await phone.getByTestId('vote-1').click(); // it came by itself
  await phone.locator('[data-testid=vote-1][aria-pressed=true]').waitFor();
  await votesFor(chair, 2);
  await chair.getByTestId('close-ballot').click();
  const asked = chair.getByRole('dialog');
  await asked.getByText(/还有 \d+ 家到会单位没有投票/).waitFor();
  await asked.getByRole('button', { name: '取消' }).click();
  await asked.waitFor({ state: 'hidden' });
  await picture(phone, 'phone-hall-voted');
  await meeting.others();
  await Promise.all([chair, phone].map((page) => votesFor(page, 4)));
  await picture(chair, 'desk-hall-voting');
  assert.deepEqual([...(await faults(chair)), ...(await faults(phone))], []);
  await chair.getByTestId('close-ballot').click();
  await Promise.all([chair, phone].map((page) => page.locator(CARRIED).first().waitFor()));
  await picture(phone, 'phone-hall-outcome');
  assert.deepEqual(await faults(phone), []);

  await chair.getByTestId('meeting-close').click();
  await adjourn(chair).click();
  await phone.getByTestId('live-light').getByText('已结束').waitFor();
  const publish = counter();
  await publish(chair.getByTestId('minutes-draft'));
  await settle(chair);
  await publish(chair.getByTestId('minutes-publish'));
  await publish(chair.getByTestId('minutes-publish-yes'));
  await chair.getByTestId('minutes-publish').waitFor({ state: 'detached' });
  assert.equal(publish.count, 3);
  await picture(chair, 'desk-hall-minutes');

  // The delegate was told of the ballot, of its outcome and of the minutes, and reads them.
  await phone.goto('/notices');
  for (const text of ['请投票', '表决通过', '已发布']) {
    await phone.getByTestId('notice').filter({ hasText: text }).first().waitFor();
  }
  await picture(phone, 'phone-hall-notices');
  await phone.getByTestId('notice').filter({ hasText: '已发布' }).getByRole('link').click();
  await phone.getByTestId('minutes-open').click();
  await phone.getByText(QUESTION).first().waitFor();
  await settle(phone);
  await picture(phone, 'phone-hall-minutes');
  assert.deepEqual([...(await faults(chair)), ...(await faults(phone))], []);
});

test('in the elder look, by keyboard alone, both the delegate and the chair', async () => {
  const meeting = await assembly();
  const [chair, phone] = [
    await openAs(browser, suite, null, PHONE),
    await openAs(browser, suite, null, PHONE),
  ];
  const [gavel, keys] = [new Keyboard(chair), new Keyboard(phone)];
  for (const [one, { login }] of [[gavel, meeting.street], [keys, meeting.delegate]]) {
    await one.signIn({ login, password: PASSWORD });
    await one.chooseElder();
  }
  await chair.goto(`${meeting.address}/live`);
  await gavel.act(chair.getByTestId('meeting-open'));
  await gavel.act(chair.getByTestId('meeting-open-yes'));
  await gavel.act(chair.getByTestId('set-item').last());
  await isQuorate(chair, false);
  await phone.goto(await scan(chair.getByTestId('qr')));
  await settle(phone);
  await picture(phone, 'elder-check-in');
  assert.deepEqual(await faults(phone), []);
  keys.acts = 0;
  await keys.act(phone.getByTestId('check-in'));
  await phone.getByTestId('checked-in').waitFor();
  assert.equal(keys.acts, 1);
  await isQuorate(chair, true);
  await keys.act(toHall(phone));
  await isLive(phone);

  await gavel.act(chair.getByTestId('ballot-new'));
  await gavel.act(chair.getByTestId('ballot-open'));
  await keys.act(phone.getByTestId('vote-1'));
  await phone.locator('[data-testid=vote-1][aria-pressed=true]').waitFor();
  await votesFor(chair, 2);
  await picture(phone, 'elder-hall-voted');
  await picture(chair, 'elder-hall-chair');
  assert.deepEqual([...(await faults(chair)), ...(await faults(phone))], []);
  await meeting.others();
  await votesFor(chair, 4);
  await gavel.act(chair.getByTestId('close-ballot'));
  await Promise.all([chair, phone].map((page) => page.locator(CARRIED).first().waitFor()));
  await picture(phone, 'elder-hall-outcome');
  assert.deepEqual(await faults(phone), []);

  await gavel.act(chair.getByTestId('meeting-close'));
  await gavel.act(adjourn(chair));
  await phone.getByTestId('live-light').getByText('已结束').waitFor();
  gavel.acts = 0;
  await gavel.act(chair.getByTestId('minutes-draft'));
  await gavel.act(chair.getByTestId('minutes-publish'));
  await gavel.act(chair.getByTestId('minutes-publish-yes'));
  await chair.getByTestId('minutes-publish').waitFor({ state: 'detached' });
  assert.equal(gavel.acts, 3);
  await settle(chair);
  await picture(chair, 'elder-minutes');
  assert.deepEqual(await faults(chair), []);
  const minutes = await meeting.street.call(`${MEETING}/GetMinutes`, { name: `${meeting.name}/minutes` });
  assert.equal(minutes.state, 'STATE_PUBLISHED');
});

test('the gateway is killed while it is voted: the vote is told as not sent, counts once, and all go on', async () => {
  const meeting = await assembly();
  const chair = await openFor(meeting.street, DESK);
  await openHall(chair, meeting);
  const phone = await openFor(meeting.delegate, PHONE);
  await look(phone, { elder: true });
  await phone.goto(await scan(chair.getByTestId('qr')));
  await phone.getByTestId('check-in').click();
  await toHall(phone).click();
  await chair.getByTestId('ballot-new').click();
  await chair.getByTestId('ballot-open').click();
  await phone.getByTestId('vote-1').waitFor();
  const bringBack = suite.takeDown('gateway');
  try {
    await phone.getByTestId('vote-1').click();
    await phone.getByTestId('problem').getByText('网络').waitFor();
    await phone.getByTestId('live-light').getByText('连接中断').waitFor();
    await picture(phone, 'hall-gateway-down');
    assert.deepEqual(await clippedText(phone), []);
  } finally {
    await bringBack();
  }
  await phone.getByTestId('vote-1').click();
  await Promise.all([chair, phone].map(isLive));
  await votesFor(chair, 2);
  await meeting.others();
  await votesFor(phone, 4);
  await chair.getByTestId('close-ballot').click();
  await phone.locator(CARRIED).first().waitFor();
  const count = await meeting.count();
  assert.deepEqual([count.votedUnits, count.forVotes, count.againstVotes], [3, '4', '2']);

  await chair.getByTestId('meeting-close').click();
  await adjourn(chair).click();
  await chair.getByTestId('minutes-draft').waitFor(); // its page is there
  const again = suite.takeDown('gateway');
  try {
    await chair.getByTestId('minutes-draft').click();
    await chair.getByTestId('problem').getByText('网络').waitFor();
  } finally {
    await again();
  }
  await chair.getByTestId('minutes-draft').click();
  await chair.getByTestId('minutes-publish').click();
  await chair.getByTestId('minutes-publish-yes').click();
  await chair.getByTestId('minutes-publish').waitFor({ state: 'detached' });
  assert.deepEqual([...chair.problems, ...phone.problems], []);
});

test('two people of one unit come and vote at the same moment: it is there once and has one vote', async () => {
  const meeting = await assembly();
  const chair = await openFor(meeting.street, DESK);
  await openHall(chair, meeting);
  const colleague = await person(suite, 'LIAISON', { alliance: meeting.alliance, member: meeting.members[0].name });
  const phones = await Promise.all([meeting.delegate, colleague].map((who) => openFor(who, PHONE)));
  const address = await scan(chair.getByTestId('qr'));
  for (const phone of phones) await phone.goto(address);
  await Promise.all(phones.map((phone) => phone.getByTestId('check-in').click()));
  await Promise.all(phones.map((phone) => phone.getByTestId('checked-in').waitFor()));
  await chair.getByTestId('count-present').getByText('2', { exact: true }).waitFor();
  await Promise.all(phones.map((phone) => toHall(phone).click()));
  await chair.getByTestId('ballot-new').click();
  await chair.getByTestId('ballot-open').click();
  await Promise.all(phones.map((phone) => phone.getByTestId('vote-1').waitFor()));
  const counted = phones.map((phone) => phone.waitForResponse((answer) => answer.url().endsWith('/CastVote')));
  await Promise.all(phones.map((phone, i) => phone.getByTestId(`vote-${1 + i}`).click()));
  await Promise.all(counted);
  // Both see the vote that came last, and it is the only one.
  await Promise.all(phones.map((phone) => phone.getByTestId('ballot-meter').waitFor()));
  const total = async () => {
    const { votedUnits, forVotes, againstVotes } = await meeting.count();
    return [votedUnits, Number(forVotes ?? 0) + Number(againstVotes ?? 0)];
  };
  await Promise.all(phones.map((phone) => phone.locator('[aria-pressed=true]').waitFor()));
  assert.deepEqual(await total(), [1, 2]);
  const stands = (await meeting.count()).forVotes ? 1 : 2;
  await Promise.all(
    phones.map((phone) => phone.locator(`[data-testid=vote-${stands}][aria-pressed=true]`).waitFor()),
  );
  assert.deepEqual([...chair.problems, ...phones.flatMap(({ problems }) => problems)], []);
});
