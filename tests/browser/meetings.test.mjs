// Journey 5, topics, and a meeting in session seen in two browsers at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, person } from '../lib/alliances.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, openAs, picture, settle, signIn } from '../lib/browser.mjs';
import { meetingNow } from '../lib/meetings.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const TITLE = '季度联席会议';
let suite;
let browser;
let street;
let chair; // a liaison of the unit that holds the chair
before(async () => {
  suite = await Suite.start('meeting-pages');
  browser = await launch();
  street = await suite.as('street');
  const { alliance } = suite.demo;
  const acting = await street.call('alliance.v1.RotationService/GetActingChair', { parent: alliance });
  const { login } = await person(suite, 'LIAISON', { alliance, member: acting.member });
  chair = { login, password: PASSWORD, member: acting.member };
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

async function openChair(viewport) {
  const page = await openAs(browser, suite, null, viewport);
  await signIn(page, chair);
  return page;
}
const faults = async (page) => [...(await accessibilityFaults(page)), ...(await clippedText(page))];

test('a unit proposes, another endorses with one click, the chair accepts from its workbench', async () => {
  const one = await openAs(browser, suite, 'liaison2', DESK);
  await one.getByTestId('nav-topics').click();
  await one.getByTestId('topic-new').click();
  await one.getByTestId('topic-save').click();
  await one.getByText('请填写此项').first().waitFor();
  await one.getByTestId('topic-title').fill('试验议题');
  await one.getByTestId('topic-body').fill('说明与建议');
  const content = Buffer.from('%PDF-1.7 试验');
  await one.getByTestId('topic-file').setInputFiles({ name: '方案.pdf', mimeType: 'application/pdf', buffer: content });
  assert.deepEqual(await faults(one), []);
  await one.getByTestId('topic-save').click();
  await one.getByRole('heading', { level: 1, name: '试验议题' }).waitFor();
  const [file] = await Promise.all([one.waitForEvent('download'), one.getByTestId('topic-file-open').click()]);
  assert.equal(file.suggestedFilename(), '方案.pdf');

  const other = await openAs(browser, suite, 'liaison3', PHONE);
  await other.goto('/topics');
  const row = other.getByTestId('topic').filter({ hasText: '试验议题' });
  await row.getByTestId('topic-endorse').click();
  await row.getByText('1 家附议').waitFor();
  await picture(other, 'phone-topics');
  await look(other, { elder: true });
  assert.deepEqual(await faults(other), []);

  const head = await openChair(DESK);
  const todo = head.getByTestId('todo-topic').filter({ hasText: '试验议题' });
  await todo.getByTestId('topic-accept-now').click();
  await todo.waitFor({ state: 'detached' });
  await one.reload();
  await one.getByTestId('topic-state').filter({ hasText: '已采纳' }).waitFor();
  await one.getByTestId('topic-steps').getByText('已采纳').waitFor();
  await picture(one, 'desk-topic');
  assert.deepEqual(await faults(one), []);
  assert.deepEqual([...one.problems, ...other.problems, ...head.problems], []);
});

test('the chair convenes from a template with five clicks, a unit answers with one', async () => {
  const page = await openChair(DESK);
  let clicks = 0;
  const click = async (target) => {
    await target.click();
    ++clicks;
  };
  await click(page.getByTestId('nav-meetings'));
  await click(page.getByTestId('meeting-new'));
  await page.getByTestId('template').selectOption({ label: TITLE });
  ++clicks;
  await settle(page);
  await picture(page, 'desk-meeting-form');
  assert.deepEqual(await faults(page), []);
  await click(page.getByTestId('meeting-save-convene'));
  await click(page.getByTestId('confirm-convene'));
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  assert.equal(clicks, 5);

  const unit = await openAs(browser, suite, 'liaison2', PHONE);
  const notice = unit.locator('.todo-item').filter({ hasText: TITLE });
  await notice.getByTestId('answer-attend').click();
  await notice.waitFor({ state: 'detached' });
  assert.deepEqual([...page.problems, ...unit.problems], []);
});

test('a template is deleted once it is asked about, and what was taken over stays', async () => {
  const parent = suite.demo.alliance;
  const meetingTemplate = { displayName: '临时会商', minutes: 45 };
  await street.call('meeting.v1.MeetingService/CreateMeetingTemplate', { parent, meetingTemplate });
  const page = await openChair(PHONE);
  await page.goto('/meetings/new');
  await page.getByTestId('template').selectOption({ label: '临时会商' });
  await settle(page);
  await picture(page, 'phone-template');
  assert.deepEqual(await faults(page), []);
  await page.getByTestId('template-delete').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('删除模板“临时会商”？').waitFor();
  await picture(page, 'phone-template-delete');
  await dialog.getByRole('button', { name: '删除此模板' }).click();
  await page.getByTestId('template-delete').waitFor({ state: 'detached' });
  assert.equal(await page.getByTestId('template').getByText('临时会商').count(), 0);
  assert.equal(await page.getByTestId('meeting-title').inputValue(), '临时会商');
  assert.deepEqual(page.problems, []);
});

test('delegates check in by the QR code, and both browsers see the same live', async () => {
  const { name } = await meetingNow(suite, street);
  const address = `/meetings/${name.split('/').pop()}`;
  const head = await openChair(DESK);
  await head.goto(address);
  await head.getByTestId('meeting-live').click();
  const code = await head.getByTestId('check-in-code').filter({ hasText: /\d{6}/ }).textContent();
  await picture(head, 'desk-live-before');

  const unit = await openAs(browser, suite, 'liaison2', PHONE);
  await unit.goto(`${address}/check-in?code=${code}`);
  await settle(unit);
  assert.deepEqual(await faults(unit), []);
  await unit.getByTestId('check-in').click(); // scan + 1
  await unit.getByTestId('checked-in').waitFor();
  await picture(unit, 'phone-checked-in');
  await head.getByTestId('count-present').filter({ hasText: '1' }).waitFor();
  await head.getByTestId('attendance').first().waitFor();

  await unit.goto(`${address}/live`);
  await unit.getByTestId('live-light').filter({ hasText: '实时' }).waitFor();
  // Before its time and without a quorum it asks, and says so.
  await head.getByTestId('meeting-open').click();
  await head.getByTestId('open-early').waitFor();
  await head.getByTestId('open-present').filter({ hasText: '实到 1 家' }).waitFor();
  await settle(head);
  await picture(head, 'desk-live-open-early');
  assert.deepEqual(await faults(head), []);
  await head.getByTestId('meeting-open-yes').click();
  await unit.getByTestId('live-light').filter({ hasText: '会议进行中' }).waitFor();
  await head.getByTestId('set-item').last().click();
  await unit.getByTestId('current-item').filter({ hasText: '夜间停车' }).waitFor();
  assert.equal(await unit.getByTestId('quorum').getAttribute('data-quorate'), 'false');
  await head.getByTestId('speaker').fill('街道分管领导');
  await head.getByTestId('speaker').press('Enter');
  await unit.getByText('街道分管领导').waitFor();
  await picture(head, 'desk-live');
  await picture(unit, 'phone-live');
  assert.deepEqual([...(await faults(head)), ...(await faults(unit))], []);
  // Elsewhere, as a page with a stream never falls silent.
  await unit.goto('/topics');
  await look(unit, { elder: true, dark: true });
  await unit.goto(`${address}/live`);
  await unit.getByTestId('live-light').filter({ hasText: '实时' }).waitFor();
  await picture(unit, 'phone-elder-live');
  assert.deepEqual(await faults(unit), []);

  const meeting = await street.call('meeting.v1.MeetingService/GetMeeting', { name });
  assert.equal(meeting.presentCount, 1);
  assert.deepEqual([...head.problems, ...unit.problems], []);
});

// In ten minutes, as the form takes it (Asia/Shanghai is UTC+8).
const soon = () => new Date(Date.now() + (8 * 60 + 10) * 60e3).toISOString().slice(0, 16);

test('the chair convenes the standing council: only its units vote, an ordinary unit is there without a vote', async () => {
  const { alliance } = suite.demo;
  await meetingNow(suite, street); // from here on no notice is asked for
  const members = await street.list('alliance.v1.MemberService/ListMembers', 'members', {
    parent: alliance,
    state: 'STATE_ACTIVE',
  });
  const standing = members.filter(({ tier }) => tier === 'TIER_STANDING');
  const ordinary = members.find(({ tier, name }) => tier === 'TIER_ORDINARY' && name !== chair.member);
  const [elector, guest] = await Promise.all(
    [standing[0], ordinary].map(({ name: member }) => person(suite, 'LIAISON', { alliance, member })),
  );

  const head = await openChair(DESK);
  await head.goto('/meetings/new');
  await head.getByTestId('meeting-title').fill('四季度常务理事会');
  await head.getByTestId('meeting-body').selectOption({ label: '常务理事会' });
  await head.getByText('应到单位：常务理事单位').waitFor();
  await head.getByLabel('开始时间').fill(soon());
  await settle(head);
  await picture(head, 'desk-council-form');
  assert.deepEqual(await faults(head), []);
  await head.getByTestId('meeting-save-convene').click();
  await head.getByRole('dialog').getByText('将向常务理事单位发出常务理事会会议通知').waitFor();
  await head.getByTestId('confirm-convene').click();
  await head.getByRole('heading', { level: 1, name: '四季度常务理事会' }).waitFor();
  const id = new URL(head.url()).pathname.split('/').pop();
  const name = `${alliance}/meetings/${id}`;
  const convened = await street.call('meeting.v1.MeetingService/GetMeeting', { name });
  assert.deepEqual([convened.body, convened.invitedCount], ['MEETING_BODY_STANDING', standing.length]);

  const unit = await openAs(browser, suite, null, PHONE);
  await signIn(unit, { login: guest.login, password: PASSWORD });
  await unit.goto('/meetings');
  const row = unit.getByTestId('meeting').filter({ hasText: '四季度常务理事会' });
  await row.getByText('常务理事会 ·').waitFor();
  await row.getByRole('link').click();
  await unit.getByTestId('not-due').waitFor();
  await settle(unit);
  await picture(unit, 'phone-council-not-due');
  assert.deepEqual(await faults(unit), []);

  await head.getByTestId('meeting-live').click();
  const quorum = (page, met) => page.locator(`[data-testid=quorum][data-quorate=${met}]`).waitFor();
  await quorum(head, false); // before it is open
  const code = await head.getByTestId('check-in-code').filter({ hasText: /\d{6}/ }).textContent();
  await unit.goto(`/meetings/${id}/check-in?code=${code}`);
  await unit.getByTestId('observes').waitFor();
  await settle(unit);
  assert.deepEqual(await faults(unit), []);
  await unit.getByTestId('check-in').click();
  await unit.getByTestId('checked-in').waitFor();
  await head.getByTestId('count-observer').getByText('1', { exact: true }).waitFor();
  await head.getByTestId('attendance').filter({ hasText: ordinary.displayName }).getByText('列席').waitFor();
  await quorum(head, false);
  for (const { name: member } of standing) {
    await street.call('meeting.v1.MeetingService/CheckInDelegate', { name, member, requestId: once() });
  }
  await quorum(head, true); // still before it is open
  await picture(head, 'desk-council-before');
  assert.deepEqual(await faults(head), []);

  await head.getByTestId('meeting-open').click();
  await head.getByTestId('meeting-open-yes').click(); // before its time
  await head.getByTestId('ballot-new').click();
  await head.getByTestId('ballot-question').fill('是否通过年度共建计划');
  await head.getByTestId('ballot-open').click();
  await unit.goto(`/meetings/${id}/live`);
  await unit.getByTestId('no-vote').getByText('列席').waitFor();
  await picture(unit, 'phone-council-no-vote');
  assert.deepEqual(await faults(unit), []);
  const { ballots } = await street.call('meeting.v1.BallotService/ListBallots', { parent: name });
  assert.equal(ballots[0].count.entitledUnits, standing.length);
  const vote = (who, member) =>
    who.call('meeting.v1.BallotService/CastVote', { name: ballots[0].name, member, choice: 'CHOICE_FOR', requestId: once() });
  await assert.rejects(vote(guest, ordinary.name), ({ reason }) => reason === 'NOT_ENTITLED');
  await vote(elector, standing[0].name);
  await head.getByTestId('close-ballot').click();
  await head.getByTestId('close-ballot-yes').click(); // two have not voted
  await head.locator('[data-testid=ballot-state][data-state="3"]').first().waitFor();
  await head.getByTestId('meeting-close').click();
  await head.getByRole('dialog').getByRole('button', { name: '宣布散会' }).click();
  await unit.getByTestId('live-light').getByText('已结束').waitFor();
  await head.waitForURL((url) => url.pathname === `/meetings/${id}`);
  for (const when of ['open', 'close']) {
    await head.locator(`[data-testid=quorum-${when}][data-met=true]`).waitFor();
  }
  await settle(head);
  await picture(head, 'desk-council-evidence');
  assert.deepEqual(await faults(head), []);
  const minutes = await street.call('meeting.v1.MeetingService/DraftMinutes', { name, requestId: once() });
  assert.match(minutes.opening, new RegExp(`本次会议为常务理事会.*应到有表决权单位${standing.length}家.*列席1家.*达到法定人数`));
  assert.deepEqual([...head.problems, ...unit.problems], []);
});
