// The three lists in a real browser: a need is published, a suggestion says why it fits,
// another unit claims and the first agrees with one click from its workbench.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, openAs, picture, settle } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
let browser;
before(async () => {
  suite = await Suite.start('exchange-pages');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// What stands in an input for a date and a time, in Shanghai.
const local = (time) => new Date(time + 8 * 3600e3).toISOString().slice(0, 16);
const TITLE = '试验：周末会议室';

test('publish, claim, agree at once, deliver, rate', async () => {
  const one = await openAs(browser, suite, 'liaison1', DESK);
  const other = await openAs(browser, suite, 'liaison2', DESK);

  await one.getByTestId('nav-exchange').click();
  await one.getByTestId('listing-new').click();
  await one.getByTestId('listing-save').click();
  await one.getByText('请填写此项').first().waitFor(); // it says which field is missing
  await one.locator('select#listing_category').selectOption({ label: '场地' });
  await one.getByTestId('listing-title').fill(TITLE);
  await one.locator('#listing_startTime').fill(local(Date.now() - 3600e3));
  await one.locator('#listing_endTime').fill(local(Date.now() + 3600e3));
  await one.getByTestId('listing-save').click();
  await one.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  const address = new URL(one.url()).pathname;
  assert.match(address, /^\/exchange\/needs\/[\w-]+$/);
  const suggestion = one.getByTestId('suggestion').first();
  await suggestion.waitFor();
  assert.ok((await suggestion.textContent()).includes('类别相同'));
  await picture(one, 'desk-exchange-need');
  assert.deepEqual([...(await accessibilityFaults(one)), ...(await clippedText(one))], []);

  await other.goto(address);
  await other.getByTestId('listing-claim').click();
  await other.getByTestId('claim-message').fill('支行多功能厅可用');
  await other.getByTestId('confirm-claim').click();
  await other.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await picture(other, 'desk-exchange-match');

  // One click from the workbench, on the hours that were published.
  await one.getByTestId('nav-workbench').click();
  const todo = one.getByTestId('todo-match').filter({ hasText: TITLE });
  await todo.waitFor();
  await picture(one, 'desk-exchange-todo');
  assert.deepEqual([...(await accessibilityFaults(one)), ...(await clippedText(one))], []);
  await todo.getByTestId('match-agree-now').click();
  await todo.waitFor({ state: 'detached' });

  // The other's page has been open all the time.
  await other.getByTestId('match-complete').click();
  await other.getByTestId('match-complete').waitFor({ state: 'detached' });
  const confirm = one.getByTestId('todo-match').filter({ hasText: TITLE }).getByTestId('match-complete');
  await confirm.click();
  await other.getByTestId('match-rate').click();
  await other.getByTestId('score-5').check();
  await other.getByTestId('confirm-rate').click();
  await other.getByTestId('match-rate').waitFor({ state: 'detached' });
  assert.deepEqual([...one.problems, ...other.problems], []);
  await one.context().close();
  await other.context().close();
});

test('the street calls the lists as its alliance does', async () => {
  const street = await openAs(browser, suite, 'street', DESK);
  await street.goto('/overview');
  await street.getByTestId('edit-alliance').click();
  await street.getByTestId('label-needs').fill('共需清单');
  await settle(street);
  await picture(street, 'desk-alliance-sheet');
  assert.deepEqual([...(await accessibilityFaults(street)), ...(await clippedText(street))], []);
  await street.getByTestId('label-needs').press('Enter');
  await street.getByTestId('label-needs').waitFor({ state: 'detached' });
  const reader = await openAs(browser, suite, 'staff1', PHONE);
  await reader.goto('/exchange/needs');
  await reader.getByRole('link', { name: '共需清单' }).waitFor();
  await reader.getByRole('link', { name: '资源清单' }).waitFor(); // was left as it is
  assert.deepEqual([...street.problems, ...reader.problems], []);
});

test('an agreement books a room of the giving unit', async () => {
  const parent = suite.demo.alliance;
  const [taker, giver] = await Promise.all(['liaison1', 'liaison2'].map((login) => suite.as(login)));
  const { caller } = await giver.call('alliance.v1.AuthService/GetSession');
  const facility = await giver.call('resource.v1.FacilityService/CreateFacility', {
    parent,
    facility: { displayName: '试验会议室', kind: 'FACILITY_KIND_VENUE', owner: caller.grants[0].member },
  });
  const [year, month, day] = local(Date.now()).slice(0, 10).split('-').map(Number);
  await giver.call('resource.v1.FacilityService/CreateWindow', {
    parent: facility.name,
    window: { displayName: '全天', startDate: { year, month, day }, closeMinute: 1440, slotMinutes: 60, capacity: 1 },
  });
  const need = await taker.call('resource.v1.ExchangeService/CreateNeed', {
    parent,
    need: { category: 'EXCHANGE_CATEGORY_VENUES', title: '试验：借会议室', quantity: 1 },
  });
  const match = await giver.call('resource.v1.ExchangeService/ClaimMatch', { parent, match: { need: need.name } });

  const page = await openAs(browser, suite, 'liaison1', DESK);
  await page.goto(`/exchange/matches/${match.name.split('/').at(-1)}`);
  await page.getByTestId('match-agree').click();
  const tomorrow = local(Date.now() + 24 * 3600e3).slice(0, 10);
  await page.getByTestId('terms-start').fill(`${tomorrow}T09:30`);
  await page.getByTestId('terms-end').fill(`${tomorrow}T11:00`);
  await page.getByTestId('terms-facility').selectOption({ label: '试验会议室' });
  await page.getByTestId('terms-window').selectOption({ label: '全天' });
  await page.getByTestId('confirm-agree').click();
  await page.getByText('预约时间须为开放时段内的整格').waitFor(); // and nothing typed is lost
  await page.getByTestId('terms-start').fill(`${tomorrow}T09:00`);
  await picture(page, 'desk-exchange-agree');
  await page.getByTestId('confirm-agree').click();
  await page.getByRole('link', { name: '已生成预约' }).waitFor();
  const bookings = await taker.list('resource.v1.BookingService/ListBookings', 'bookings', { parent });
  assert.ok(bookings.some((one) => one.facilityDisplayName === '试验会议室'));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

const PAGES = {
  liaison1: ['exchange/needs', 'exchange/offers?state=all', 'exchange/needs/new', 'exchange/matches', 'reports/entries', 'reports/use'],
  staff1: ['exchange/needs?category=volunteers', 'reports/ledger'],
  street: ['exchange/offers/new', 'exchange/matches?state=waiting', 'reports/ledger', 'reports/use'],
};
for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  for (const [login, paths] of Object.entries(PAGES)) {
    test(`${login}, ${size}: ${paths.join(', ')}`, async () => {
      const page = await openAs(browser, suite, login, viewport);
      const faults = [];
      for (const path of paths) {
        await page.goto(`/${path}`);
        await settle(page);
        await picture(page, `${size}-${login}-${path.replace(/\W/g, '-')}`);
        faults.push(...(await accessibilityFaults(page)), ...(await clippedText(page)));
      }
      assert.deepEqual([...faults, ...page.problems], []);
      await page.context().close();
    });
  }
}

test('a report shows the table behind its chart, and is a file', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.getByTestId('nav-reports').click();
  await page.getByRole('link', { name: '资源使用' }).click();
  await page.getByTestId('use-facility-table').click();
  const table = page.getByRole('table', { name: '各资源使用率（%）' });
  await table.waitFor();
  assert.ok((await table.getByRole('row').count()) > 2);
  assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page))], []);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-bookings').click()]);
  assert.match(file.suggestedFilename(), /^预约 \d{4}-\d\d-\d\d\.xlsx$/);

  // From a unit of the ledger to its entries.
  await page.goto('/reports/ledger?kind=service');
  await page.getByTestId('ledger-table').click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByTestId('ledger-entry').first().waitFor();
  await picture(page, 'desk-report-entries');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a match on a phone in elder mode', async () => {
  const page = await openAs(browser, suite, 'liaison1', PHONE);
  await look(page, { elder: true });
  await page.goto('/exchange/matches');
  await settle(page);
  await page.getByTestId('match').first().locator('h3 a').click();
  await settle(page);
  assert.equal(await page.locator('html').getAttribute('data-elder'), 'true', 'the look is lost');
  await picture(page, 'phone-exchange-match');
  assert.deepEqual([...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems], []);
  await page.context().close();
});
