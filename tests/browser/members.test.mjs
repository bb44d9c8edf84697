// How units come into the alliance, and by which rules, in a real browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { newAlliance, PASSWORD, person } from '../lib/alliances.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle, signIn } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('members');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const members = (filter = {}) =>
  all(street, 'alliance.v1.MemberService/ListMembers', 'members', { parent: suite.demo.alliance, ...filter });
const named = async (displayName) => (await members()).find((member) => member.displayName === displayName);

// What axe and the eye would object to, of a page that no sweep reaches as it is now.
const faults = async (page) => [...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems];

test('a unit applies on a phone without an account, the street admits it, the receipt says so', async () => {
  const unit = await openAs(browser, suite, undefined, PHONE);
  await unit.goto('/');
  await unit.getByTestId('to-apply').tap();
  await unit.getByTestId('alliance').fill(suite.demo.alliance.split('/')[1]);
  await unit.getByTestId('to-form').tap();
  await unit.getByLabel('单位名称').fill('杏林路口腔门诊部');
  await unit.getByLabel('行业').selectOption({ label: '教育卫生' });
  await unit.getByLabel('党员数').fill('4');
  await unit.getByLabel('联络员手机', { exact: true }).fill('1380000');
  await unit.getByTestId('apply-submit').tap();
  await unit.getByText('手机号应为 1 开头的 11 位数字').waitFor();
  assert.equal(await unit.getByLabel('单位名称').inputValue(), '杏林路口腔门诊部');
  assert.deepEqual(await faults(unit), []);
  await unit.getByLabel('联络员手机', { exact: true }).fill('13800000017');
  await unit.getByTestId('apply-submit').tap();
  const receipt = (await unit.getByTestId('receipt').textContent()).trim();
  assert.ok(receipt.length >= 20, receipt);
  await picture(unit, 'phone-receipt');
  assert.deepEqual(await faults(unit), []);
  // A reload does not lose it: it can't be had again.
  await unit.reload();
  assert.equal((await unit.getByTestId('receipt').textContent()).trim(), receipt);

  await unit.getByTestId('to-status').tap();
  await unit.getByTestId('ask-status').tap();
  await unit.getByTestId('application-status').getByText('待审批').waitFor();

  const page = await openAs(browser, suite, 'street', DESK);
  await page.getByTestId('nav-members').click();
  await page.getByTestId('applications').click();
  const application = page.getByTestId('application').filter({ hasText: '杏林路口腔门诊部' });
  await picture(page, 'desk-applications');
  const answered = page.waitForResponse((response) => response.url().endsWith('/ApproveMember'));
  await application.getByTestId('approve').click();
  assert.equal((await answered).status(), 200);
  await application.waitFor({ state: 'detached' });
  assert.equal((await named('杏林路口腔门诊部')).state, 'STATE_ACTIVE');

  await unit.getByTestId('ask-status').tap();
  await unit.getByTestId('application-status').getByText('在册', { exact: true }).waitFor();
  assert.deepEqual([...unit.problems, ...page.problems], []);
});

test('what a program writes into the field that nobody sees files nothing', async () => {
  const before = (await members()).length;
  const page = await openAs(browser, suite, undefined, DESK);
  await page.goto(`/apply/${suite.demo.alliance.split('/')[1]}`);
  await page.getByLabel('单位名称').fill('群发广告有限公司');
  await page.getByLabel('行业').selectOption({ label: '企业' });
  await page.locator('input[name=website]').evaluate((field) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'http://spam.example');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const answered = page.waitForResponse((response) => response.url().endsWith('/ApplyMember'));
  await page.getByTestId('apply-submit').click();
  assert.equal((await answered).status(), 200);
  await page.getByRole('heading', { name: '申请已提交' }).waitFor();
  assert.equal((await members()).length, before);
});

const roster = (...lines) => ({
  name: '名册.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['单位名称,行业,层级,党员人数,统一社会信用代码,备注', ...lines, ''].join('\r\n')),
});

test('the street imports a roster: a broken one shows its errors and changes nothing, then the good one', async () => {
  const before = (await members()).length;
  const page = await openAs(browser, suite, 'street', DESK);
  await page.getByTestId('nav-members').click();
  await page.getByTestId('member-import').click();
  await page
    .getByTestId('roster-file')
    .setInputFiles(roster('青禾书店,企业,成员,6,,好', '云杉律师事务所,律所,成员,9,,', '青禾书店,企业,成员,7,,'));
  const wrong = page.getByTestId('wrong-row');
  await wrong.first().waitFor();
  await settle(page);
  await picture(page, 'desk-roster-wrong');
  const rows = await wrong.allTextContents();
  assert.equal(rows.length, 2, rows.join('\n'));
  assert.match(rows[0], /第 3 行.*云杉律师事务所.*行业/s);
  assert.match(rows[1], /第 4 行.*青禾书店.*单位名称/s);
  await page.getByText('备注').waitFor();
  assert.equal(await page.getByTestId('roster-import').count(), 0);
  assert.equal((await members()).length, before);
  assert.deepEqual(await faults(page), []);

  await page
    .getByTestId('roster-file')
    .setInputFiles(roster('青禾书店,企业,成员,6,,好', '云杉律师事务所,社会组织,理事,9,,'));
  await page.getByTestId('count-created').getByText('2').waitFor();
  await page.getByTestId('roster-import').click();
  await page.getByTestId('roster-done').waitFor();
  await picture(page, 'desk-roster-done');
  assert.equal((await members()).length, before + 2);
  const imported = await named('云杉律师事务所');
  assert.deepEqual([imported.state, imported.sector, imported.tier], ['STATE_ACTIVE', 'SECTOR_SOCIAL', 'TIER_COUNCIL']);
});

test('the list is filtered by pinyin initials and exported as it is filtered', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/members?state=active');
  await page.getByTestId('search').fill('xhsj');
  await page.waitForURL(/q=xhsj/);
  await settle(page); // what was there stays until what is found comes
  await page.getByTestId('member-row').filter({ hasText: '小寒数据科技有限公司' }).waitFor();
  assert.equal(await page.getByTestId('member-row').count(), 1);
  const downloaded = page.waitForEvent('download');
  await page.getByTestId('export-members').click();
  const file = await downloaded;
  assert.match(file.suggestedFilename(), /^成员单位.*\.xlsx$/);
  const content = await readFile(await file.path());
  assert.equal(content.subarray(0, 2).toString('latin1'), 'PK');
});

test('a number is shown to who says why, and hidden again', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  const { members: found } = await street.call('alliance.v1.MemberService/ListMembers', {
    parent: suite.demo.alliance,
    state: 'STATE_ACTIVE',
    pageSize: 1000,
  });
  const member = found.find((one) => one.liaisonPhone);
  await page.goto(`/members/${member.name.split('/').at(-1)}`);
  await page.getByTestId('reveal').click();
  await page.clock.install();
  await page.getByTestId('reason').fill('核对参会人员');
  await page.getByTestId('confirm-reason').click();
  const phone = page.getByTestId('phone');
  await phone.getByText(/^1\d{10}$/).waitFor();
  await page.clock.runFor(61_000);
  await phone.getByText(member.liaisonPhone).waitFor();
});

test('the street adopts a version of the charter after seeing what it changes', async () => {
  const versions = async () =>
    (await street.call('alliance.v1.CharterService/ListCharters', { parent: suite.demo.alliance })).charters;
  const next = (await versions())[0].version + 1;
  const page = await openAs(browser, suite, 'street', DESK);
  await page.getByTestId('nav-charter').click();
  await settle(page);
  await picture(page, 'desk-charter');
  await page.getByTestId('adopt').click();
  await page.getByTestId('decision').fill('第三次联席会议第 4 号决议');
  const days = page.getByLabel('会前几天发通知');
  const was = Number(await days.inputValue());
  await days.fill('91');
  await page.getByTestId('to-review').click();
  await page.getByText('应为 0 到 90 的整数').waitFor();
  await days.fill(String(was + 3));
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('to-review').click();
  const changes = page.getByTestId('changes');
  await changes.getByText(`会前 ${was + 3} 天发出`).waitFor();
  assert.equal(await changes.locator('.change').count(), 1);
  await picture(page, 'desk-charter-changes');
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('confirm-adopt').click();
  await page.waitForURL((url) => url.pathname === `/charter/${next}`);
  await page.getByText('第三次联席会议第 4 号决议').first().waitFor();

  const charters = await versions();
  assert.equal(charters[0].version, next);
  assert.equal(charters[0].meeting.noticeDays, was + 3);
  // All that was not touched is as it was.
  const { rotation, bookingQuotas, clocks, holidays } = charters[1];
  const { rotation: r, bookingQuotas: q, clocks: c, holidays: h } = charters[0];
  assert.deepEqual({ r, q, c, h }, { r: rotation, q: bookingQuotas, c: clocks, h: holidays });
});

test('the liaison of a suspended unit finds the reason where the work was', async () => {
  const { name, street: own, members: [unit] } = await newAlliance(suite, 1);
  const { login } = await person(suite, 'LIAISON', { alliance: name, member: unit.name });
  await own.call('alliance.v1.MemberService/SuspendMember', { name: unit.name, reason: '停业整顿', requestId: once() });
  const page = await openAs(browser, suite, undefined, PHONE);
  await signIn(page, { login, password: PASSWORD });
  await page.getByTestId('suspended').getByText(unit.displayName).waitFor();
  await picture(page, 'phone-suspended');
  assert.deepEqual(await faults(page), []);
  await page.getByRole('link', { name: '查看暂停通知及原因' }).tap();
  await page.getByTestId('notice').getByText('停业整顿').waitFor();
  assert.deepEqual(await faults(page), []);
});
