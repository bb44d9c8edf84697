// The street reads the evaluation as charts and as the tables behind them, and takes it along;
// a unit reads its own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, lookFaults, openAs, picture, settle } from '../lib/browser.mjs';
import { shapeOf } from '../lib/recount.mjs';
import { Suite } from '../lib/suite.mjs';
import { shanghaiDate } from '../lib/world.mjs';
import { rowsOf } from '../lib/xlsx.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('evaluation-browser');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// This year's evaluation as the API has it.
async function evaluation(group = 'UNIT') {
  const { year } = shanghaiDate();
  return street.call('meeting.v1.ReportService/GetEvaluation', {
    parent: suite.demo.alliance,
    startDate: { year, month: 1, day: 1 },
    endDate: { year, month: 12, day: 31 },
    group: `EVALUATION_GROUP_${group}`,
  });
}

async function faults(page) {
  const plain = [...(await accessibilityFaults(page)), ...(await clippedText(page))];
  await look(page, { dark: true, elder: true });
  const other = [...(await lookFaults(page)), ...(await clippedText(page))];
  await look(page, { dark: false, elder: false });
  return [...plain, ...other];
}

// The rows of the table behind a chart, as texts.
async function tableOf(page, id) {
  await page.getByTestId(`${id}-table`).click();
  const table = page.locator('section', { has: page.getByTestId(`${id}-table`) }).locator('tbody tr');
  await table.first().waitFor();
  return Promise.all((await table.all()).map(async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.trim())));
}

test('the street comes by the navigation, sees the charts, their tables and the file', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.getByTestId('nav-reports').click();
  await page.getByRole('link', { name: '考核评价' }).click();
  await settle(page);
  await page.getByRole('img', { name: /诉求解决率/ }).waitFor();
  await picture(page, 'desk-evaluation');
  assert.deepEqual(await faults(page), []);

  const { total } = shapeOf(await evaluation());
  const shown = await tableOf(page, 'evaluation-total');
  assert.equal(shown.length, Object.keys(total).length);
  const resolution = shown.find(([measure]) => measure === '诉求解决率');
  assert.deepEqual(resolution.slice(1, 3), total.REQUEST_RESOLUTION.map(String));
  await picture(page, 'desk-evaluation-table');
  assert.deepEqual(await accessibilityFaults(page), []);

  const saving = page.waitForEvent('download');
  await page.getByTestId('export-evaluation').click();
  const file = await saving;
  assert.match(file.suggestedFilename(), /^考核评价 .*\.xlsx$/);
  const [, ...lines] = rowsOf(readFileSync(await file.path()));
  const line = lines.find(([who, measure]) => who === '合计' && measure === '诉求解决率');
  assert.deepEqual(line.slice(2, 4), total.REQUEST_RESOLUTION);
  assert.deepEqual(page.problems, []);
});

test('period, group and measure are the address; what holds nothing says so', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/reports/evaluation');
  await settle(page);
  await page.getByTestId('group-category').click();
  await page.waitForURL(/group=category/);
  await page.getByTestId('filter-measure').selectOption({ label: '诉求响应率' });
  await settle(page);
  const { rows } = shapeOf(await evaluation('REQUEST_CATEGORY'));
  const shown = await tableOf(page, 'evaluation-group');
  assert.deepEqual(
    shown.map(([, numerator, denominator]) => [Number(numerator), Number(denominator)]),
    Object.values(rows)
      .map(({ REQUEST_RESPONSE }) => REQUEST_RESPONSE)
      .filter(Boolean),
  );
  await page.getByTestId('period-last-year').click();
  await page.getByText('该时段内没有可计算的记录').waitFor();
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(page.problems, []);
});

test('a liaison sees the own unit on a phone, in both languages', async () => {
  const page = await openAs(browser, suite, 'liaison1', PHONE);
  await page.goto('/reports/evaluation?group=month');
  await settle(page);
  await page.getByText('本单位', { exact: false }).first().waitFor();
  assert.equal(await page.getByTestId('filter-unit').count(), 0);
  assert.deepEqual(await faults(page), []);
  await picture(page, 'phone-evaluation');
  await tableOf(page, 'evaluation-total');
  assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page))], []);
  await picture(page, 'phone-evaluation-table');
  await page.getByTestId('toggle-language').first().click();
  await page.getByRole('link', { name: 'By quarter' }).waitFor();
  await settle(page);
  assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page))], []);
  assert.doesNotMatch(await page.locator('main').innerText(), /reports\./);
  await picture(page, 'phone-evaluation-en');
  assert.deepEqual(page.problems, []);
});

test('staff have no such page', async () => {
  const page = await openAs(browser, suite, 'staff1', DESK);
  await page.goto('/reports/evaluation');
  await settle(page);
  assert.equal(await page.getByTestId('export-evaluation').count(), 0);
  assert.deepEqual(page.problems, []);
});
