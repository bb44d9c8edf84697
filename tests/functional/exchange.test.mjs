// The exchange through the gateway: a need is published, suggested, claimed, agreed,
// delivered, rated, and the ledger has it; people race for the last of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Suite, withinAnHour } from '../lib/suite.mjs';
import { DAY, all, once } from '../lib/world.mjs';

const SERVICE = 'resource.v1.ExchangeService';
const HOUR = DAY / 24;

let suite;
let parent;
const liaisons = {};
before(async () => {
  suite = await Suite.start('exchange');
  parent = suite.demo.alliance;
  for (const login of ['liaison1', 'liaison2', 'liaison3', 'liaison4']) liaisons[login] = await suite.as(login);
});
after(() => suite?.end());

const reasonOf = (call) => call.then(() => 'OK', (error) => error.reason);
const publish = (by, fields) =>
  liaisons[by].call(`${SERVICE}/CreateNeed`, {
    parent,
    need: { category: 'EXCHANGE_CATEGORY_VOLUNTEERS', title: `试验需求 ${once()}`, quantity: 1, ...fields },
    requestId: once(),
  });
const claim = (by, need, quantity = 1) =>
  liaisons[by].call(`${SERVICE}/ClaimMatch`, { parent, match: { need, quantity }, requestId: once() });
const step = (by, method, name, more) =>
  liaisons[by].call(`${SERVICE}/${method}`, { name, requestId: once(), ...more });

test('from a need to the ledger', async () => {
  const start = Date.now() - 3 * HOUR;
  const need = await publish('liaison1', { quantity: 3, title: '试验：三名志愿者' });
  const offer = await liaisons.liaison4.call(`${SERVICE}/CreateOffer`, {
    parent,
    offer: { category: 'EXCHANGE_CATEGORY_VOLUNTEERS', title: '试验：志愿者', quantity: 3 },
    requestId: once(),
  });
  const { suggestions } = await liaisons.liaison1.call(`${SERVICE}/SuggestMatches`, { name: need.name });
  const found = suggestions.find((one) => one.offer.name === offer.name);
  assert.ok(found.score >= 70);
  assert.ok(found.reasons.every((reason) => reason.textZh && reason.textEn && reason.points > 0));

  const match = await claim('liaison4', need.name, 3);
  assert.equal(match.state, 'STATE_CLAIMED');
  assert.equal(await reasonOf(claim('liaison2', need.name)), 'LISTING_TAKEN');
  const waiting = await all(liaisons.liaison1, `${SERVICE}/ListMatches`, 'matches', { parent, waiting: true });
  assert.ok(waiting.some((one) => one.name === match.name));

  const terms = {
    description: '两小时',
    startTime: new Date(start).toISOString(),
    endTime: new Date(start + 2 * HOUR).toISOString(),
  };
  assert.equal(await reasonOf(step('liaison4', 'AgreeMatch', match.name, { terms })), 'ROLE_REQUIRED');
  assert.equal(await reasonOf(step('liaison2', 'AgreeMatch', match.name, { terms })), 'RESOURCE_NOT_FOUND');
  await step('liaison1', 'AgreeMatch', match.name, { terms });
  const early = await claim('liaison4', (await publish('liaison1')).name);
  await step('liaison1', 'AgreeMatch', early.name, {
    terms: { ...terms, startTime: new Date(start + DAY).toISOString(), endTime: new Date(start + 2 * DAY).toISOString() },
  });
  assert.equal(await reasonOf(step('liaison4', 'CompleteMatch', early.name)), 'NOT_BEGUN');
  assert.equal((await step('liaison4', 'CompleteMatch', match.name)).state, 'STATE_DELIVERED');
  assert.equal((await step('liaison1', 'CompleteMatch', match.name)).state, 'STATE_COMPLETED');
  await step('liaison1', 'RateMatch', match.name, { rating: { score: 5 } });
  assert.equal(
    await reasonOf(step('liaison1', 'RateMatch', match.name, { rating: { score: 1 } })),
    'ALREADY_RATED',
  );
  const rows = suite.sql(
    `SELECT direction, quantity FROM resource.ledger_entry WHERE source = '${match.name}' ORDER BY direction`,
  );
  assert.equal(rows, '1\t360\n2\t360');
});

test('of ten who claim the last two at once two get them', async () => {
  const need = await publish('liaison1', { quantity: 2 });
  const outcomes = await Promise.all(
    [...Array(10)].map((_, i) => reasonOf(claim(`liaison${2 + (i % 3)}`, need.name))),
  );
  assert.equal(outcomes.filter((outcome) => outcome === 'OK').length, 2);
  assert.equal(outcomes.filter((outcome) => outcome === 'LISTING_TAKEN').length, 8);
  const after = await liaisons.liaison2.call(`${SERVICE}/GetNeed`, { name: need.name });
  assert.equal(after.state, 'LISTING_STATE_TAKEN');
});

test('staff see the lists and claim nothing', async () => {
  const staff = await suite.as('staff1');
  const needs = await all(staff, `${SERVICE}/ListNeeds`, 'needs', { parent, state: 'LISTING_STATE_OPEN' });
  assert.ok(needs.length > 0);
  const request = { parent, match: { need: needs[0].name }, requestId: once() };
  assert.equal(await reasonOf(staff.call(`${SERVICE}/ClaimMatch`, request)), 'ROLE_REQUIRED');
  assert.equal(await reasonOf(staff.call(`${SERVICE}/ListMatches`, { parent })), 'ROLE_REQUIRED');
});

test('the ledger is read by unit, by entry, and as a file', async () => {
  await withinAnHour(); // with which bookings of the demo end, and are entered
  const street = await suite.as('street');
  const service = 'resource.v1.ReportService';
  const { units } = await street.call(`${service}/GetLedger`, { parent });
  const entries = await all(street, `${service}/ListLedgerEntries`, 'entries', { parent });
  assert.ok(entries.length >= 4);
  for (const { member, balances } of units) {
    for (const { kind, given = 0, used = 0, balance = 0 } of balances) {
      const own = entries.filter((entry) => entry.member === member && entry.kind === kind);
      const sum = (direction) =>
        own.filter((entry) => entry.direction === direction).reduce((all, { quantity }) => all + Number(quantity), 0);
      assert.equal(Number(given), sum('LEDGER_DIRECTION_GIVEN'));
      assert.equal(Number(used), sum('LEDGER_DIRECTION_USED'));
      assert.equal(Number(balance), Number(given) - Number(used));
    }
  }
  const file = await street.call(`${service}/ExportLedger`, { parent });
  assert.equal(file.rowCount, entries.length);
  assert.match(file.filename, /\.xlsx$/);
});

test('what is used is at most what is offered, in every hour', async () => {
  const street = await suite.as('street');
  const day = (offset) => {
    const date = new Date(Date.now() + offset * DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  };
  const request = { parent, startDate: day(-1), endDate: day(6) };
  const report = await street.call('resource.v1.ReportService/GetUtilization', request);
  const sum = (rows, field) => rows.reduce((all, { use = {} }) => all + Number(use[field] ?? 0), 0);
  for (const { use = {} } of [...report.facilities, ...report.hours]) {
    assert.ok(Number(use.usedMinutes ?? 0) <= Number(use.offeredMinutes ?? 0));
  }
  assert.ok(sum(report.hours, 'usedMinutes') > 0);
  for (const field of ['usedMinutes', 'offeredMinutes']) {
    assert.equal(sum(report.hours, field), sum(report.facilities, field));
  }
  const own = await liaisons.liaison1.call('resource.v1.ReportService/GetUtilization', request);
  assert.ok(own.facilities.length < report.facilities.length);
  const { caller } = await liaisons.liaison1.call('alliance.v1.AuthService/GetSession');
  assert.ok(own.facilities.every(({ owner }) => owner === caller.grants[0].member));
});

test('the balance is the sum of the entries', () => {
  const wrong = suite.sql(
    `SELECT COUNT(*) FROM (SELECT member_id, kind, SUM(IF(direction = 1, quantity, 0)) AS g,
       SUM(IF(direction = 2, quantity, 0)) AS u FROM resource.ledger_entry GROUP BY member_id, kind) AS s
     LEFT JOIN resource.ledger_balance AS b USING (member_id, kind)
     WHERE b.given IS NULL OR b.given <> s.g OR b.used <> s.u`,
  );
  assert.equal(wrong, '0');
});
