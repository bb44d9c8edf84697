// Accounts from beginning to end in a real browser, each step by the one of the three
// administrators whose office it is, and the journal of it all.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Api } from '../../deploy/demo/api.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle, signIn } from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';
import { all } from '../lib/world.mjs';

const LOGIN = 'newcomer';
const OWN_PASSWORD = 'Spring-2031-harbour';

let suite;
let browser;
before(async () => {
  suite = await Suite.start('accounts');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// What axe and the eye would object to, of a page that no sweep reaches as it is now.
const faults = async (page) => [...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems];

const visible = (page, ...testIds) =>
  Promise.any(testIds.map((id) => page.getByTestId(id).first().waitFor().then(() => id)));

async function openUser(page, login) {
  await page.getByTestId('nav-users').click();
  await page.getByTestId('search').fill(login);
  await page.getByRole('link', { name: login, exact: true }).click();
  await page.getByRole('heading', { name: '基本信息' }).waitFor();
}

let user;
let firstPassword;

test('the system administrator makes an account, and sees its first password once', async () => {
  const page = await openAs(browser, suite, 'sysadmin', DESK);
  await page.getByTestId('nav-users').click();
  await page.getByTestId('user-new').click();
  await page.getByTestId('user-login').fill('sysadmin');
  await page.getByTestId('user-display-name').fill('宣传干事');
  await page.getByTestId('generate').click();
  await page.getByTestId('create-user').click();
  await page.getByText('用户名“sysadmin”已被使用').waitFor();
  assert.equal(await page.getByTestId('user-display-name').inputValue(), '宣传干事');
  await page.getByTestId('user-login').fill(LOGIN);
  await page.getByTestId('create-user').click();
  firstPassword = (await page.getByTestId('given-password').textContent()).trim();
  assert.equal(firstPassword.length, 16);
  await picture(page, 'desk-account-made');
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('to-user').click();
  await page.getByTestId('account-state').waitFor();
  user = new URL(page.url()).pathname.slice(1);
  assert.equal(await page.getByTestId('grant-role').count(), 0, 'gives roles');
});

test('the security administrator makes it a liaison, and is told what excludes what', async () => {
  const page = await openAs(browser, suite, 'secadmin', DESK);
  await openUser(page, LOGIN);
  assert.equal(await page.getByTestId('disable').count(), 0, 'shuts accounts out');
  const street = await suite.as('street');
  const [unit] = await all(street, 'alliance.v1.MemberService/ListMembers', 'members', {
    parent: suite.demo.alliance,
    state: 'STATE_ACTIVE',
  });
  const grant = async (role) => {
    await page.getByTestId('grant-role').click();
    await page.getByTestId('grant-role-choice').selectOption({ label: role });
    await settle(page);
  };
  await grant('联络员');
  // Chosen from the list where there is one; a full name will do in any case.
  const alliance = page.getByTestId('alliance');
  if (await alliance.evaluate((field) => field.tagName === 'INPUT')) await alliance.fill(suite.demo.alliance);
  else await alliance.selectOption(suite.demo.alliance);
  await page.getByTestId('unit').fill(unit.name);
  await page.getByTestId('confirm-grant').click();
  await page.getByTestId('grant-LIAISON').getByText(unit.displayName).waitFor();
  await picture(page, 'desk-role-granted');
  assert.deepEqual(await faults(page), []);

  await openUser(page, 'audit');
  await grant('系统管理员');
  await page.getByTestId('confirm-grant').click();
  await page.getByTestId('problem').getByText('三员分立').waitFor();
});

test('a first password must be changed before anything else, and then the reader goes on', async () => {
  const page = await openAs(browser, suite, undefined, PHONE);
  await page.goto('/mine/settings');
  await page.getByTestId('login').fill(LOGIN);
  await page.getByTestId('password').fill(firstPassword);
  await page.getByTestId('sign-in').tap();
  // The demo lets first passwords stand; an installation does not.
  if ((await visible(page, 'forced-change', 'session-current')) === 'session-current') {
    suite.sql(`UPDATE alliance.user SET must_change_password = TRUE WHERE login = '${LOGIN}'`);
    await page.reload();
    await page.getByTestId('forced-change').waitFor();
  }
  await picture(page, 'phone-forced-change');
  assert.deepEqual(await faults(page), []);
  await page.goto('/meetings');
  await page.getByTestId('forced-change').waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'there is a way around');
  await page.goto('/mine/settings');

  const change = async (password) => {
    await page.getByTestId('old-password').fill(firstPassword);
    await page.getByTestId('new-password').fill(password);
    await page.getByTestId('password-again').fill(password);
    await page.getByTestId('change-password').tap();
  };
  await change('weak');
  await page.getByText('密码强度不足').waitFor();
  await change(firstPassword);
  await page.getByText('不能使用最近用过的密码').waitFor();
  await change(OWN_PASSWORD);
  await page.getByTestId('session-current').waitFor();
  // With the roles that were there all along.
  await page.getByTestId('grant-LIAISON').waitFor();
  await page.getByTestId('nav-workbench').tap();
  await page.getByRole('heading', { name: '待办事项' }).waitFor();
  assert.deepEqual(await faults(page), []);
});

test('the audit administrator finds who was given which role, field by field', async () => {
  const page = await openAs(browser, suite, 'audit', DESK);
  await page.getByTestId('nav-journal').click();
  await page.getByTestId('search-resource').fill(user);
  await page.waitForURL(/resource=/);
  await page.getByTestId('entry-row').filter({ hasText: user }).getByTestId('entry').filter({ hasText: '授予角色' }).click();
  const role = page.getByTestId('field-grants[0].role');
  await role.getByText('联络员').waitFor();
  assert.equal(await role.getAttribute('data-changed'), 'true');
  await picture(page, 'desk-journal-entry');
  assert.deepEqual(await faults(page), []);
  // The address alone shows the same.
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await role.getByText('联络员').waitFor();
});

test('the journal begins with the newest and is narrowed to who did what and when', async () => {
  const page = await openAs(browser, suite, 'audit', DESK);
  await page.getByTestId('nav-journal').click();
  const entries = page.getByTestId('entry');
  await entries.first().waitFor();
  const numbers = () => entries.evaluateAll((all) => all.map((one) => Number(one.href.split('/').at(-1))));
  const newest = await numbers();
  assert.deepEqual(newest, [...newest].sort((a, b) => b - a));
  await page.getByTestId('next-page').click();
  await page.waitForURL(/page=/);
  await page.locator(`a[href$="/${newest.at(-1) - 1}"]`).waitFor();
  assert.deepEqual((await numbers())[0], newest.at(-1) - 1);

  // An act is chosen, whoever did it last is clicked, and the address has both.
  await page.getByTestId('filter-method').selectOption({ label: '授予角色' });
  await entries.filter({ hasNotText: '授予角色' }).first().waitFor({ state: 'detached' });
  const actor = page.getByTestId('entry-actor').first();
  const who = await actor.textContent();
  await actor.click();
  await page.waitForURL(/method=.*actor=/);
  await settle(page);
  const rows = page.getByTestId('entry-row');
  assert.equal(await rows.count(), await rows.filter({ hasText: who }).filter({ hasText: '授予角色' }).count());
  assert.deepEqual(await faults(page), []);
  await picture(page, 'desk-journal-narrowed');

  // A day on which nothing was done says so, and lets go.
  await page.getByTestId('filter-from').fill('2031-02-03');
  await page.getByText(/没有同时符合以下条件的记录：.*操作为“授予角色”；操作者为 users.*2031年2月3日/).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole('link', { name: '清除筛选条件' }).click();
  await entries.first().waitFor();
  assert.deepEqual((await numbers())[0] >= newest[0], true);

  const phone = await openAs(browser, suite, 'audit', PHONE);
  await phone.goto(`/journal?service=alliance&actor=${encodeURIComponent(who)}&order=oldest`);
  await phone.getByTestId('entry').first().waitFor();
  await settle(phone);
  assert.equal(await phone.getByTestId('search-actor').inputValue(), who);
  assert.deepEqual(await faults(phone), []);
  await picture(phone, 'phone-journal-narrowed');
  await phone.getByTestId('entry').first().tap();
  await phone.getByTestId('verify').tap();
  await phone.getByTestId('verdict').waitFor();
  assert.equal(await phone.getByTestId('verdict').getAttribute('data-outcome'), 'good');
});

test('a person ends a session elsewhere, which is over within 5 s', async () => {
  const here = await openAs(browser, suite, undefined, DESK);
  const there = await openAs(browser, suite, undefined, PHONE);
  for (const page of [here, there]) await signIn(page, { login: LOGIN, password: OWN_PASSWORD });
  await there.getByTestId('nav-mine').tap();
  await settle(there);

  await here.goto('/mine/settings');
  await here.getByTestId('session-current').waitFor();
  const others = here.getByTestId('session');
  await others.first().waitFor();
  await here.getByTestId('end-sessions').click();
  await others.first().waitFor({ state: 'detached' });
  const ended = Date.now();
  await here.getByTestId('session-current').waitFor();

  // What it asks for after 5 s is refused, and it is asked to sign in again.
  const servedLate = [];
  there.on('response', (answer) => {
    const asked = answer.request();
    const isLate = asked.timing().startTime > ended + 5000;
    if (asked.url().includes('/jinhuan.resource.') && isLate && answer.ok()) servedLate.push(asked.url());
  });
  const again = there.getByTestId('sign-in');
  while (!(await again.isVisible())) {
    assert.ok(Date.now() - ended < 30e3, 'still signed in after 30 s');
    // The dialog, once it is there, is above the navigation.
    await there.getByTestId('nav-parking').tap({ timeout: 500 }).catch(() => {});
    await there.getByTestId('nav-mine').tap({ timeout: 500 }).catch(() => {});
  }
  assert.deepEqual(servedLate, []);
  assert.deepEqual(here.problems, []);
});

test('a calendar link is shown once, serves a calendar, and ends', async () => {
  const page = await openAs(browser, suite, undefined, PHONE);
  await signIn(page, { login: LOGIN, password: OWN_PASSWORD });
  await page.goto('/mine/settings');
  await page.getByTestId('make-calendar').tap();
  const address = (await page.getByTestId('calendar-address').textContent()).trim();
  assert.ok(address.startsWith(`${suite.http}/calendars/`), address);
  await picture(page, 'phone-calendar-link');
  assert.deepEqual(await faults(page), []);
  const calendar = await fetch(address);
  assert.equal(calendar.status, 200);
  assert.match(await calendar.text(), /^BEGIN:VCALENDAR/);
  await page.reload();
  await page.getByTestId('revoke-calendar').waitFor();
  assert.equal(await page.getByTestId('calendar-address').count(), 0, 'shown again');
  await page.getByTestId('revoke-calendar').tap();
  await page.getByTestId('revoke-calendar').waitFor({ state: 'detached' });
  assert.equal((await fetch(address)).status, 404);
});

test('shut out, let in, a new password, erased: each for a reason, and nobody can be the last', async () => {
  const page = await openAs(browser, suite, 'sysadmin', DESK);
  await openUser(page, LOGIN);
  const because = async (act, reason) => {
    await page.getByTestId(act).click();
    await page.getByTestId('reason').fill(reason);
    await page.getByTestId('confirm-reason').click();
  };
  await because('disable', '离岗');
  await because('enable', '返岗');
  await page.getByTestId('disable').waitFor();
  await page.getByTestId('reset-password').click();
  await page.getByTestId('generate').click();
  await page.getByTestId('confirm-reset').click();
  const given = (await page.getByTestId('given-password').textContent()).trim();
  await page.getByTestId('given-done').click();
  await suite.signIn(LOGIN, given);
  const download = page.waitForEvent('download');
  await page.getByTestId('export-user').click();
  assert.match((await download).suggestedFilename(), /\.json$/);

  await page.getByTestId('erase').click();
  await page.getByTestId('reason').fill('本人申请');
  await page.getByTestId('erase-login').fill(LOGIN);
  await page.getByTestId('confirm-erase').click();
  await page.getByTestId('account-state').getByText('已注销').waitFor();
  await assert.rejects(suite.signIn(LOGIN, given));
  assert.deepEqual(await faults(page), []);

  await openUser(page, 'sysadmin');
  await because('disable', '不再需要');
  await page.getByTestId('problem').getByText('这是最后一个有效的同类管理员账号').waitFor();
});

test('a system gets a secret once and calls only what it may', async () => {
  const page = await openAs(browser, suite, 'sysadmin', DESK);
  await page.getByTestId('nav-systems').click();
  await page.getByTestId('system-new').click();
  await page.getByTestId('system-display-name').fill('街道数据看板');
  await settle(page);
  await page.getByTestId('create-system').click();
  const login = (await page.getByTestId('client-id').textContent()).trim();
  const password = (await page.getByTestId('client-secret').textContent()).trim();
  await page.getByTestId('to-system').click();
  await page.getByTestId('system-state').getByText('待安全管理员确认').waitFor();
  await assert.rejects(suite.token({ login, password, role: 'SYSTEM' }));

  const security = await openAs(browser, suite, 'secadmin', DESK);
  await security.goto(new URL(page.url()).pathname);
  await security.getByText('jinhuan.alliance.v1', { exact: true }).click();
  await security.getByTestId('scope-jinhuan.alliance.v1.MemberService').check();
  await security.getByTestId('save-scopes').click();
  await security.getByText('已保存').waitFor();
  const system = new Api(suite.http, await suite.token({ login, password, role: 'SYSTEM' }));
  const listed = await system.call('alliance.v1.MemberService/ListMembers', { parent: suite.demo.alliance });
  assert.ok(listed.members.length > 0);
  await assert.rejects(system.call('resource.v1.FacilityService/ListFacilities', { parent: suite.demo.alliance }));

  await page.getByTestId('rotate').click();
  await page.getByTestId('confirm-rotate').click();
  const rotated = (await page.getByTestId('client-secret').textContent()).trim();
  assert.notEqual(rotated, password);
  // The old one is still good, as was chosen.
  await suite.token({ login, password, role: 'SYSTEM' });
  await assert.rejects(suite.token({ login, password: rotated, role: 'SYSTEM' }));
  await security.reload();
  await security.getByTestId('system-state').getByText('待安全管理员确认').waitFor();
  await security.getByTestId('save-scopes').click();
  await security.getByTestId('system-state').getByText('已接入').waitFor();
  await suite.token({ login, password: rotated, role: 'SYSTEM' });
});
