// A year of an alliance through the public API: what GetEvaluation says of it equals what is
// counted over again, once from what was done and once from the record as it is listed.
// JINHUAN_YEAR=whole lives a year of full size, which takes a few minutes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { listedRecord } from '../lib/record.mjs';
import { MEASURES, dateOf, recount, shapeOf } from '../lib/recount.mjs';
import { Suite } from '../lib/suite.mjs';
import { rowsOf } from '../lib/xlsx.mjs';
import { Year } from '../lib/year.mjs';

const SERVICE = 'meeting.v1.ReportService';
const WHOLE = { requests: 2000, topics: 40, projects: 120, needs: 24 };
const SMALL = { requests: 200, topics: 40, projects: 60, needs: 24 };
const GROUPS = ['UNIT', 'REQUEST_CATEGORY', 'REQUEST_TYPE', 'PROJECT_ORIGIN', 'MONTH', 'QUARTER'];

let suite;
let year;
let street;
before(async () => {
  suite = await Suite.start('evaluation', { clock: true });
  const size = process.env.JINHUAN_YEAR === 'whole' ? WHOLE : SMALL;
  year = new Year(suite, { seed: 20270104, ...size });
  await year.live(6);
  ({ street } = year);
});
after(() => suite?.end());

const ask = (caller, method, { first, last, ...more }) =>
  caller.call(`${SERVICE}/${method}`, {
    parent: year.alliance,
    startDate: dateOf(first),
    endDate: dateOf(last),
    ...more,
  });

// The record, and what was evaluated while it stood still: the clock's own work and what comes
// by another service's journal take a moment.
async function evaluated(question) {
  for (let tries = 0; ; ++tries) {
    const record = await listedRecord(street, year.alliance);
    const answer = await ask(street, 'GetEvaluation', question);
    const still = JSON.stringify(record) === JSON.stringify(await listedRecord(street, year.alliance));
    const needs = record.needs.filter(({ met }) => met).length;
    const heard = Number(answer.total.find(({ measure }) => measure === 'MEASURE_NEED_MET')?.numerator ?? 0);
    if ((still && heard === needs) || tries === 50) return { record, answer };
    await pause(200);
  }
}

// What was done, with the notices that the clock issued by itself, which only the record knows.
const done = (record) => ({
  ...year.record,
  notices: [
    ...year.record.notices,
    ...record.notices.filter(({ issued }) => !year.record.notices.some((own) => own.issued === issued)),
  ],
});

test('the year was lived whole: every measure has something that did and something that did not', () => {
  const { total } = recount(year.record, { group: 'UNIT', now: suite.now(), ...year.days });
  for (const measure of MEASURES) {
    const [numerator, denominator] = total[measure];
    assert.ok(numerator > 0, measure);
    if (measure !== 'TIME_TO_MATCH') assert.ok(numerator < denominator, `${measure} ${numerator}/${denominator}`);
  }
});

for (const group of GROUPS) {
  test(`${group}: the evaluation equals both recounts`, async () => {
    const { record, answer } = await evaluated({ ...year.days, group: `EVALUATION_GROUP_${group}` });
    const counting = { group, now: Date.parse(answer.countTime), ...year.days };
    assert.deepEqual(shapeOf(answer), recount(record, counting));
    assert.deepEqual(shapeOf(answer), recount(done(record), counting));
  });
}

test('a quarter, a unit, a category and a type are those parts of it', async () => {
  const { record } = await evaluated({ ...year.days });
  const now = ({ countTime }) => Date.parse(countTime);
  const second = { first: year.days.first.replace('01-01', '04-01'), last: year.days.first.replace('01-01', '06-30') };
  const quarter = await ask(street, 'GetEvaluation', { ...second });
  assert.deepEqual(shapeOf(quarter), recount(record, { group: 'UNIT', now: now(quarter), ...second }));

  const [member] = year.units;
  const months = await ask(street, 'GetEvaluation', { ...year.days, member, group: 'EVALUATION_GROUP_MONTH' });
  const own = ({ unit }) => unit === member;
  assert.deepEqual(shapeOf(months), recount(record, { group: 'MONTH', now: now(months), ...year.days, wanted: own }));

  const noise = await ask(street, 'GetEvaluation', {
    ...year.days,
    requestCategory: 'REQUEST_CATEGORY_NOISE',
    requestType: 'REQUEST_TYPE_SIMPLE',
  });
  const wanted = ({ category, type }) => category === 'NOISE' && type === 'SIMPLE';
  assert.deepEqual(shapeOf(noise), recount(record, { group: 'UNIT', now: now(noise), ...year.days, wanted }));
});

test('a liaison gets the own unit with its places, and nothing of another', async () => {
  const [member, other] = year.units;
  const liaison = year.liaisons.get(member);
  const { record, answer } = await evaluated({ ...year.days });
  const all = recount(record, { group: 'UNIT', now: Date.parse(answer.countTime), ...year.days });
  const own = shapeOf(await ask(liaison, 'GetEvaluation', { ...year.days }));
  assert.deepEqual(own.rows, { [member]: all.rows[member] });
  const refused = (call) => call.then(() => 'OK', ({ reason }) => reason);
  assert.equal(await refused(ask(liaison, 'GetEvaluation', { ...year.days, member: other })), 'RESOURCE_NOT_FOUND');
  assert.equal(await refused(ask(liaison, 'ExportEvaluation', { ...year.days, member: other })), 'RESOURCE_NOT_FOUND');
  assert.equal(await refused(ask(year.reporter, 'GetEvaluation', { ...year.days })), 'ROLE_REQUIRED');
});

test('the workbook has the same counts, line by line', async () => {
  const { answer } = await evaluated({ ...year.days, group: 'EVALUATION_GROUP_QUARTER' });
  const file = await ask(street, 'ExportEvaluation', { ...year.days, group: 'EVALUATION_GROUP_QUARTER' });
  const [head, ...lines] = rowsOf(Buffer.from(file.content, 'base64'));
  assert.equal(head[0], '对象');
  assert.equal(lines.length, file.rowCount);
  const { rows = [] } = answer;
  const rates = [...answer.total, ...rows.flatMap((row) => row.rates)];
  assert.deepEqual(
    lines.map(([, , numerator, denominator]) => [numerator, denominator]),
    rates.map(({ numerator = '0', denominator = '0' }) => [Number(numerator), Number(denominator)]),
  );
  assert.deepEqual([...new Set(lines.map(([name]) => name))].slice(1, 3), [
    `${year.days.first.slice(0, 4)} 年第 1 季度`,
    `${year.days.first.slice(0, 4)} 年第 2 季度`,
  ]);
});
