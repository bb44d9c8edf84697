// A person turns mail on in the settings, proves the address, chooses what comes, and follows a
// link from a mail; the mail server is the test's own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Api } from '../../deploy/demo/api.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, lookFaults, openAs, picture, settle } from '../lib/browser.mjs';
import { Authority, eventually } from '../lib/door.mjs';
import { codeIn, MailServer, openMail, readMail } from '../lib/mail.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const REQUEST = 'meeting.v1.RequestService';

let suite;
let server;
let site; // the suite with a mail server
let browser;
before(async () => {
  suite = await Suite.start('mail-portal');
  const authority = new Authority(`${suite.data}/tls`, 'authority');
  server = await MailServer.start({ certificate: authority.issue('mail', ['127.0.0.1']) });
  site = await openMail(suite, server, { authority });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.end();
  await server?.end();
  await suite?.end();
});

const person = (login, viewport) =>
  openAs(browser, { http: site.http, account: (name) => suite.account(name) }, login, viewport);
const faults = async (page) => {
  await settle(page);
  return [...(await accessibilityFaults(page)), ...(await clippedText(page)), ...page.problems];
};

// What staff1 is told next: a request of theirs goes to another unit.
let request;
async function tellStaff() {
  const [staff, street] = await Promise.all([suite.as('staff1'), suite.as('street')]);
  const parent = suite.demo.alliance;
  const asked = { title: '夜间噪声', place: '某路 1 号', category: 'REQUEST_CATEGORY_NOISE' };
  request ??= (await staff.call(`${REQUEST}/CreateRequest`, { parent, request: asked, requestId: once() })).name;
  const { member } = await street.call(`${REQUEST}/GetRequest`, { name: request });
  const { members } = await street.call('alliance.v1.MemberService/ListMembers', { parent, state: 'STATE_ACTIVE' });
  const next = members.find(({ name }) => name !== member).name;
  await street.call(`${REQUEST}/DispatchRequest`, { name: request, member: next, reason: '试验', requestId: once() });
}

async function turnOn(page, address) {
  await page.getByTestId('mail').fill(address);
  await page.getByTestId('send-mail-code').click();
  await page.getByTestId('mail-pending').waitFor();
  return codeIn((await server.to(address)).at(-1));
}

test('on a phone: an address, its code, a choice, a mail that leads back', async () => {
  const phone = await person('staff1', PHONE);
  await phone.goto('/mine/settings');
  await phone.getByTestId('mail').fill('nobody');
  await phone.getByTestId('send-mail-code').click();
  await phone.getByText('填写不正确，应为：邮箱地址').waitFor();

  const code = await turnOn(phone, 'staff1@example.com');
  await phone.getByTestId('mail-code').fill(code === '000000' ? '111111' : '000000');
  await phone.getByTestId('confirm-mail').click();
  await phone.getByText('验证码不正确，还可尝试 4 次').waitFor();
  await phone.getByTestId('mail-pending').scrollIntoViewIfNeeded();
  assert.deepEqual(await faults(phone), []);
  await picture(phone, 'phone-mail-code');
  await phone.getByTestId('mail-code').fill(code);
  await phone.getByTestId('confirm-mail').click();
  await phone.getByTestId('mail-state').filter({ hasText: 'staff1@example.com' }).waitFor();
  assert.equal(await phone.getByTestId('mail-pending').count(), 0);
  for (const choice of ['只发需要我处理的', '全部']) {
    await phone.getByRole('radio', { name: choice }).click();
    await phone.getByRole('radio', { name: choice }).and(phone.locator(':checked')).waitFor();
  }
  await look(phone, { dark: true, elder: true });
  assert.deepEqual([...(await lookFaults(phone)), ...(await faults(phone))], []);
  await phone.getByTestId('mail-state').scrollIntoViewIfNeeded();
  await picture(phone, 'phone-mail-dark-elder');

  await tellStaff();
  // Whatever else they are told meanwhile.
  const toRequest = new RegExp(`https://portal\\.example(/open\\S+${request.split('/').at(-1)}\\S*)`);
  const link = await eventually(() =>
    server.mails.filter(({ to }) => to.includes('staff1@example.com')).map((mail) => toRequest.exec(readMail(mail).text)?.[1]).find(Boolean),
  );
  await phone.goto(link);
  await phone.waitForURL(`**/requests/${request.split('/').at(-1)}`);
  assert.deepEqual(phone.problems, []);
});

test('on a desk: a server that refuses the address is seen without a reload, and the address goes', async () => {
  const desk = await person('staff1', DESK);
  await desk.goto('/mine/settings');
  await desk.getByTestId('mail-state').waitFor();
  server.answer = (verb) => (verb === 'RCPT' ? '550 5.1.1 unknown' : undefined);
  await tellStaff();
  await desk.getByTestId('mail-refused').waitFor();
  server.answer = () => undefined;
  assert.deepEqual(await faults(desk), []);
  await picture(desk, 'desk-mail-refused');
  await desk.getByTestId('remove-mail').click();
  await desk.getByText('尚未开启').waitFor();
  const staff = new Api(site.http, (await suite.as('staff1')).token);
  assert.equal((await staff.call('meeting.v1.NoticeService/GetMailSettings')).address ?? '', '');
});

test('without a mail server the page says so', async () => {
  const desk = await openAs(browser, suite, 'staff2', DESK);
  await desk.goto('/mine/settings');
  await desk.getByText('本系统未启用邮件通知').waitFor();
  assert.equal(await desk.getByTestId('mail').count(), 0);
  assert.deepEqual(await faults(desk), []);
});
