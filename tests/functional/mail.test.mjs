// Notices by e-mail, from the first code to a server that is away: a mail server of the test's
// own takes them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Api } from '../../deploy/demo/api.mjs';
import { PASSWORD, person } from '../lib/alliances.mjs';
import { Authority, eventually } from '../lib/door.mjs';
import { request } from '../lib/http.mjs';
import { codeIn, MailServer, openMail, passwordFile } from '../lib/mail.mjs';
import { freePort, Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const NOTICE = 'meeting.v1.NoticeService';
const REQUEST = 'meeting.v1.RequestService';
const MINUTE = 60e3;

let suite;
let authority;
let server; // speaks TLS by STARTTLS
let site; // sends there
let street;
let units;
before(async () => {
  suite = await Suite.start('mail', { clock: true });
  authority = new Authority(`${suite.data}/tls`, 'authority');
  server = await MailServer.start({ certificate: authority.issue('mail', ['127.0.0.1']) });
  site = await openMail(suite, server, { authority });
  street = await suite.as('street');
  const { members } = await street.call('alliance.v1.MemberService/ListMembers', {
    parent: suite.demo.alliance,
    state: 'STATE_ACTIVE',
    pageSize: 10,
  });
  units = members.map(({ name }) => name);
});
after(async () => {
  await site?.end();
  await server?.end();
  await suite?.end();
});

let serial = 0;

// A member of a unit's staff who calls by `at`, and an address of its own; `staff` calls whatever
// becomes of that.
async function newPerson(at = site) {
  const staff = await person(suite, 'STAFF', { alliance: suite.demo.alliance, member: units[0] });
  const address = `person${++serial}@example.com`;
  return Object.assign(new Api(at.http, staff.token), { staff, user: staff.user, address, told: [] });
}
const settingsOf = (one) => one.call(`${NOTICE}/GetMailSettings`);
const setAddress = (one, address = one.address, more = {}) =>
  one.call(`${NOTICE}/SetMailAddress`, { address, requestId: once(), ...more });
const confirm = (one, code) => one.call(`${NOTICE}/ConfirmMailAddress`, { code, requestId: once() });

// Someone who has confirmed an address; `mails` is where mails arrive.
async function subscriber({ at = site, mails = server, ...more } = {}) {
  const one = await newPerson(at);
  await setAddress(one, one.address, more);
  await confirm(one, codeIn((await mails.to(one.address)).at(-1)));
  return one;
}

// Something that a person is told, once it is in the inbox: a request of theirs goes to another
// unit. Another each time.
async function tell({ staff, told }) {
  if (told.length === 0) {
    const asked = { title: '夜间噪声', place: '某路 1 号', category: 'REQUEST_CATEGORY_NOISE' };
    const parent = suite.demo.alliance;
    staff.request = (await staff.call(`${REQUEST}/CreateRequest`, { parent, request: asked, requestId: once() })).name;
  }
  const name = staff.request;
  const { member } = await street.call(`${REQUEST}/GetRequest`, { name });
  const next = units.find((unit) => unit !== member && unit !== told.at(-2)?.unit);
  const dispatched = { name, member: next, reason: '试验', requestId: once() };
  const { memberDisplayName } = await street.call(`${REQUEST}/DispatchRequest`, dispatched);
  told.push({ unit: next });
  await eventually(async () => {
    const notices = await staff.list(`${NOTICE}/ListNotices`, 'notices');
    return notices.filter(({ resource }) => resource === name).length === told.length;
  });
  return `您的噪声诉求已派给${memberDisplayName}`;
}
const isFailure = (reason) => (error) => error.reason === reason;

test('an address counts once its code is confirmed, and then notices come by mail', async () => {
  const one = await newPerson();
  const before = await settingsOf(one);
  assert.deepEqual([before.available, before.address ?? '', before.choice], [true, '', 'MAIL_CHOICE_ALL']);

  const named = await setAddress(one);
  assert.deepEqual([named.address ?? '', named.pendingAddress], ['', one.address]);
  const [mail] = await server.to(one.address);
  assert.equal(mail.subject, '【金环】确认您的邮箱地址');
  assert.ok(mail.text.includes(`${site.portal}/mine/settings`));

  await tell(one); // to nobody's address yet
  const confirmed = await confirm(one, codeIn(mail));
  assert.deepEqual([confirmed.address, confirmed.pendingAddress ?? ''], [one.address, '']);
  const words = await tell(one);
  const notice = (await server.to(one.address, 2)).at(-1);
  assert.equal(notice.subject, `【金环】${words}`);
  assert.ok(notice.text.startsWith(`${words}\r\n`), notice.text);
  assert.ok(notice.text.includes(`${site.portal}/open?name=${one.staff.request}\r\n`), notice.text);
  assert.equal(notice.from, 'no-reply@jinhuan.example');
  assert.equal(notice.secure, true);
  const { headers } = notice;
  assert.equal(headers.to, `<${one.address}>`);
  assert.equal(headers['auto-submitted'], 'auto-generated');
  assert.equal(headers['list-unsubscribe'], `<${site.portal}/mine/settings>`);
  assert.match(headers['message-id'], /^<[\w.-]+@jinhuan\.example>$/);
  assert.ok(Math.abs(Date.parse(headers.date) - suite.now()) < MINUTE);
  // Whatever is Chinese travels in encoded words and base64: no server needs 8BITMIME or SMTPUTF8.
  for (const line of notice.raw.split('\r\n')) assert.match(line, /^[\x20-\x7e]{0,78}$/);
});

test('in English where that is wanted', async () => {
  const one = await subscriber({ languageCode: 'en' });
  await tell(one);
  const [code, notice] = await server.to(one.address, 2);
  assert.match(code.subject, /^\[Jinhuan\] Confirm/);
  assert.match(notice.subject, /^\[Jinhuan\] A request on noise of yours went to /);
});

test('a person chooses what comes, and takes the address away', async () => {
  const one = await subscriber();
  const settings = (choice) =>
    one.call(`${NOTICE}/UpdateMailSettings`, { settings: { choice }, updateMask: 'choice', requestId: once() });
  assert.equal((await settings('MAIL_CHOICE_ACTION_NEEDED')).choice, 'MAIL_CHOICE_ACTION_NEEDED');
  await tell(one);
  await settings('MAIL_CHOICE_ALL');
  const heard = await tell(one);
  assert.equal((await server.to(one.address, 2)).at(-1).subject, `【金环】${heard}`);
  const removed = await one.call(`${NOTICE}/RemoveMailAddress`, { requestId: once() });
  assert.deepEqual([removed.address ?? '', removed.pendingAddress ?? ''], ['', '']);
  await tell(one);
  await server.to((await subscriber()).address);
  assert.equal(server.mails.filter(({ to }) => to.includes(one.address)).length, 2);
  await assert.rejects(settings('MAIL_CHOICE_NONE'), isFailure('RESOURCE_NOT_FOUND'));
});

// The system administrator, say, who made the account or gave it a new password.
test('who knows a first password reads nothing, and sets no address that outlasts it', async () => {
  const one = await subscriber();
  const { login } = one.staff;
  await tell(one);
  suite.sql(`UPDATE alliance.user SET must_change_password = TRUE WHERE login = '${login}'`);
  const knowing = new Api(site.http, (await suite.signIn(login, PASSWORD)).token);
  const refused = [settingsOf(knowing), setAddress(knowing, 'other@example.com'), confirm(knowing, '000000')];
  await Promise.all(refused.map((call) => assert.rejects(call, isFailure('ROLE_REQUIRED'))));
  assert.deepEqual(await knowing.list(`${NOTICE}/ListNotices`, 'notices'), []);

  // Whatever address there is, when its person has a password of its own, is another's.
  const changed = { oldPassword: PASSWORD, newPassword: `${PASSWORD}-own`, requestId: once() };
  await knowing.call('alliance.v1.AuthService/ChangePassword', changed);
  const own = new Api(site.http, (await suite.signIn(login, changed.newPassword)).token);
  await eventually(async () => !(await settingsOf(own)).address);
});

test('a code bears few tries and little time, and few are sent', async () => {
  const one = await newPerson();
  await assert.rejects(confirm(one, '000000'), isFailure('MAIL_CODE_EXPIRED'));
  await setAddress(one);
  await assert.rejects(setAddress(one), isFailure('RATE_LIMITED'));
  const code = codeIn((await server.to(one.address))[0]);
  const wrong = code === '000000' ? '111111' : '000000';
  for (let i = 0; i < 5; ++i) await assert.rejects(confirm(one, wrong), isFailure('MAIL_CODE_WRONG'));
  await assert.rejects(confirm(one, code), isFailure('MAIL_CODE_EXPIRED'));
  for (const address of ['', 'nobody', 'a@b.cn\r\nRCPT TO:<c@d.cn>', '"a"@b.cn', '金@b.cn']) {
    await assert.rejects(setAddress(one, address), ({ status }) => status === 400, address);
  }
});

test('a repeated confirmation is one, and its answer keeps no address', async () => {
  const one = await newPerson();
  await setAddress(one);
  const body = { code: codeIn((await server.to(one.address))[0]), requestId: once() };
  const first = await one.call(`${NOTICE}/ConfirmMailAddress`, body);
  assert.deepEqual(await one.call(`${NOTICE}/ConfirmMailAddress`, body), first);
  const kept = suite.sql(`SELECT HEX(response) FROM meeting.request WHERE principal = '${one.user}'`);
  assert.ok(!kept.includes(Buffer.from(one.address).toString('hex').toUpperCase()));
});

test('the journal has addresses masked, and the log none', async () => {
  const one = await subscriber();
  const audit = await suite.as('audit');
  const resource = `${one.user}/mailSettings`;
  const done = await eventually(async () => {
    const { entries = [] } = await audit.call('meeting.v1.JournalService/ListEntries', { resource, pageSize: 10 });
    return entries.length === 2 && entries;
  });
  const addresses = done.flatMap(({ after }) => after.address || []);
  assert.deepEqual(addresses, [one.address.replace(/^(.).*@/, '$1***@')]);
  assert.ok(!JSON.stringify(done).includes(one.address));
  assert.ok(!site.service.output.includes('@example.com'), site.service.output);
});

test('what is refused for now is tried again, and what is refused for good is not', async () => {
  const one = await subscriber();
  server.answer = (verb, line) => (verb === 'RCPT' && line.includes(one.address) ? '450 4.2.0 greylisted' : undefined);
  const tries = () => server.tries.filter((to) => to === one.address).length;
  const before = tries();
  const heard = await tell(one);
  await eventually(() => tries() === before + 1);
  server.answer = () => undefined;
  suite.advanceTo(suite.now() + MINUTE + 2000);
  assert.equal((await server.to(one.address, 2)).at(-1).subject, `【金环】${heard}`);

  server.answer = (verb, line) => (verb === 'RCPT' && line.includes(one.address) ? '550 5.1.1 unknown' : undefined);
  const last = tries();
  await tell(one);
  await eventually(async () => (await settingsOf(one)).refuseTime);
  server.answer = () => undefined;
  await tell(one);
  suite.advanceTo(suite.now() + 10 * MINUTE);
  await subscriber(); // what was due before this code was tried before
  assert.equal(tries(), last + 1);
  // The person sees it, and confirms the address again.
  await setAddress(one);
  await confirm(one, codeIn((await server.to(one.address, 3)).at(-1)));
  assert.equal((await settingsOf(one)).refuseTime, undefined);
  const again = await tell(one);
  assert.equal((await server.to(one.address, 4)).at(-1).subject, `【金环】${again}`);
});

test('a code that nobody takes is told to whom it was for', async () => {
  const one = await newPerson();
  server.answer = (verb, line) => (verb === 'RCPT' && line.includes(one.address) ? '550 no such user' : undefined);
  await setAddress(one);
  await eventually(async () => (await settingsOf(one)).pendingRefused);
  server.answer = () => undefined;
});

test('who is erased gets nothing, and nothing of them is kept', async () => {
  const one = await subscriber();
  const id = one.user.split('/')[1];
  const system = await suite.as('SYSTEM_ADMIN');
  await system.call('alliance.v1.UserService/ErasePersonalData', { name: one.user, reason: '试验', requestId: once() });
  const rows = () =>
    ['mail_address', 'mail_outbox', 'circle_member'].map((table) =>
      suite.sql(`SELECT COUNT(*) FROM meeting.${table} WHERE user_id = '${id}'`),
    );
  await eventually(() => rows().every((count) => count === '0'));
});

test('an account of another system has no address', async () => {
  const system = await suite.as('SYSTEM');
  await assert.rejects(settingsOf(system), isFailure('RESOURCE_NOT_FOUND'));
  await assert.rejects(setAddress(system, 'a@b.cn'), isFailure('RESOURCE_NOT_FOUND'));
});

test('an installation without a mail server says so', async () => {
  const staff = await suite.as('staff1');
  assert.equal((await settingsOf(staff)).available ?? false, false);
  await assert.rejects(setAddress(staff, 'a@b.cn'), isFailure('MAIL_NOT_SET_UP'));
});

// Sends a code by a site with `options`, the only one that sends then; and what its log says.
async function sendOnce(mails, options) {
  const place = await openMail(suite, mails, options);
  try {
    const one = await newPerson(place);
    await setAddress(one);
    const { service } = place;
    // Mails of before may be tried first.
    const taken = () => mails.mails.some(({ to }) => to.includes(one.address));
    await eventually(() => taken() || service.output.includes('"event":"mail not taken"'), 30);
    await service.says('"event":"mails tried"');
    return { one, refused: service.output.includes('"event":"mail not taken"'), log: service.output };
  } finally {
    await place.end();
  }
}
async function withoutSite(t) {
  await site.end();
  t.after(async () => {
    suite.advanceTo(suite.now() + 3 * MINUTE); // what was not taken is taken now
    site = await openMail(suite, server, { authority });
  });
}

test('a server without TLS, or with a certificate of someone else, gets nothing', async (t) => {
  await withoutSite(t);
  const plain = await MailServer.start();
  const other = new Authority(`${suite.data}/tls`, 'other');
  const foreign = await MailServer.start({ certificate: other.issue('foreign', ['127.0.0.1']) });
  const misnamed = await MailServer.start({ certificate: authority.issue('misnamed', ['mail.example']), atOnce: true });
  t.after(() => Promise.all([plain, foreign, misnamed].map((one) => one.end())));
  for (const mails of [plain, foreign, misnamed]) {
    assert.equal((await sendOnce(mails, { authority })).refused, true);
    assert.deepEqual(mails.mails, []);
  }
  const willing = await sendOnce(plain, { flags: ['--smtp_tls=opportunistic'] });
  assert.equal(willing.refused, false);
  assert.equal((await plain.to(willing.one.address))[0].secure, false);
});

test('TLS at once, with a name and a password that are sent to nobody else', async (t) => {
  await withoutSite(t);
  const password = 'the password of jinhuan';
  const mails = await MailServer.start({
    certificate: authority.issue('mail', ['127.0.0.1']),
    atOnce: true,
    users: { jinhuan: password },
  });
  t.after(() => mails.end());
  const flags = ['--smtp_user=jinhuan', `--smtp_password_file=${passwordFile(suite, password)}`];
  const { one, log } = await sendOnce(mails, { authority, flags });
  const [mail] = await mails.to(one.address);
  assert.deepEqual([mail.secure, mail.user], [true, 'jinhuan']);
  assert.ok(!log.includes(password));

  const wrong = ['--smtp_user=jinhuan', `--smtp_password_file=${passwordFile(suite, 'another')}`];
  const refused = await sendOnce(mails, { authority, flags: wrong });
  assert.equal(refused.refused, true);
  assert.ok(!refused.log.includes(Buffer.from('\0jinhuan\0another').toString('base64')));
});

test('flags that do not go together are refused at the start', async () => {
  const start = (url, ...flags) => openMail(suite, { url }, { flags });
  const secret = passwordFile(suite, 'secret');
  await assert.rejects(start('http://127.0.0.1:1'), /neither smtp/);
  await assert.rejects(start('smtp://user@mail.example:587'), /not a host/);
  await assert.rejects(start('smtp://mail.example:587', '--smtp_from=nobody'), /no mail address/);
  await assert.rejects(start('smtp://mail.example:587', '--smtp_tls=perhaps'), /none of required/);
  await assert.rejects(start('smtp://mail.example:587', '--portal_url='), /no https/);
  const withPassword = ['--smtp_user=a', `--smtp_password_file=${secret}`];
  await assert.rejects(start('smtp://mail.example:587', ...withPassword, '--smtp_tls=none'), /required alone/);
});

test('who dies with a mail in its hands loses none, and a second one is known as such', async (t) => {
  const one = await subscriber();
  const heard = await tellWhile(t, one, async (held) => {
    await held; // the server has it, and has not said so
    site.service.child.kill('SIGKILL');
    await site.service.closed;
  });
  await site.end();
  site = await openMail(suite, server, { authority });
  suite.advanceTo(suite.now() + 3 * MINUTE);
  const [first, second] = (await server.to(one.address, 3)).slice(1);
  assert.equal(first.subject, `【金环】${heard}`);
  assert.equal(second.subject, first.subject);
  assert.equal(second.headers['message-id'], first.headers['message-id']);
});

// Tells a person something; `act` comes while the server holds back its answer to that mail, for
// which it is given a promise.
async function tellWhile(t, one, act) {
  let release;
  const freed = new Promise((resolve) => (release = resolve));
  t.after(release);
  const held = new Promise((resolve) => {
    server.answer = async (verb, _, { to }) => {
      if (verb !== 'END' || !to.includes(one.address)) return undefined;
      server.answer = () => undefined;
      resolve();
      await freed;
      return undefined;
    };
  });
  const heard = await tell(one);
  await act(held);
  release();
  return heard;
}

test('two that send do not send twice', async (t) => {
  const second = await openMail(suite, server, { authority });
  t.after(() => second.end());
  const people = [];
  for (let i = 0; i < 4; ++i) people.push(await subscriber({ at: i % 2 ? site : second }));
  const subjects = [];
  for (let round = 0; round < 5; ++round) {
    for (const one of people) subjects.push([one.address, `【金环】${await tell(one)}`]);
  }
  for (const one of people) await server.to(one.address, 6);
  // Whatever would be tried again would be by now.
  suite.advanceTo(suite.now() + 5 * MINUTE);
  const last = await subscriber({ at: second });
  const heard = await tell(last);
  assert.equal((await server.to(last.address, 2)).at(-1).subject, `【金环】${heard}`);
  const ids = server.mails.filter(({ to }) => people.some(({ address }) => to.includes(address)));
  assert.equal(ids.length, people.length * 6);
  for (const one of people) {
    const got = (await server.to(one.address, 6)).slice(1).map(({ subject }) => subject);
    assert.deepEqual(got.sort(), subjects.filter(([to]) => to === one.address).map(([, words]) => words).sort());
  }
});

test('news of days ago are not mailed', async () => {
  const one = await subscriber();
  await site.end();
  await tell(one);
  suite.advanceTo(suite.now() + 25 * 60 * MINUTE);
  const recent = await tell(one);
  site = await openMail(suite, server, { authority });
  const mails = await server.to(one.address, 2);
  assert.deepEqual(mails.slice(1).map(({ subject }) => subject), [`【金环】${recent}`]);
});

test('the numbers say what was sent and what waits', async () => {
  const port = await freePort();
  const counted = await openMail(suite, server, { authority, flags: [`--metrics_listen=127.0.0.1:${port}`] });
  try {
    await site.end();
    const one = await subscriber({ at: counted });
    await tell(one);
    await server.to(one.address, 2);
    await eventually(async () => {
      const { text } = await request(`http://127.0.0.1:${port}/metrics`, { method: 'GET' });
      return /jinhuan_mail_tries_total\{outcome="sent"\} 2/.test(text) && /jinhuan_mails_waiting 0/.test(text);
    }, 30);
  } finally {
    site = counted;
  }
});
