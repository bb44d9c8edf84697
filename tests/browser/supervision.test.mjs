// What the street supervises: every unit's projects on one board, requests by their clock, and
// the table that dispatches them; what waits for a person is decided on the workbench.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DESK,
  PHONE,
  accessibilityFaults,
  clippedText,
  launch,
  look,
  lookFaults,
  openAs,
  picture,
  settle,
} from '../lib/browser.mjs';
import { eventually } from '../lib/door.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { Suite } from '../lib/suite.mjs';
import { DAY, once, shanghaiDate } from '../lib/world.mjs';

const PROJECTS = 'meeting.v1.ProjectService';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('supervision');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

// A project of liaison1's unit that is due so many days from now, and its milestones by title, with
// the days until they are due where they have a date of their own.
function project(title, days, milestones = {}) {
  return street.call(`${PROJECTS}/CreateProject`, {
    parent: suite.demo.alliance,
    project: {
      title,
      leadMember: suite.account('liaison1').member,
      dueDate: shanghaiDate(days),
      milestones: Object.entries(milestones).map(([one, left]) => ({
        title: one,
        dueDate: left === null ? undefined : shanghaiDate(left),
      })),
    },
    requestId: once(),
  });
}

const of = (page, testId, title) => page.getByTestId(testId).filter({ hasText: title });

test('the board shows what is overdue, supervises with one click, and the unit answers', async () => {
  await project('试验：连廊照明', -4);
  // Of what is overdue the system gives notice by itself, and then the button has nothing to do.
  const { name } = await project('试验：楼顶花园', 3);
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/projects');
  await page.getByTestId('project-board').click();
  const late = of(page, 'board-project', '试验：连廊照明');
  await late.waitFor();
  const card = of(page, 'board-project', '试验：楼顶花园');
  const notices = () =>
    street.list(`${PROJECTS}/ListSupervisionNotices`, 'supervisionNotices', {
      parent: suite.demo.alliance,
      project: name,
    });
  const before = (await notices()).filter((one) => !one.automatic).length;
  // By keyboard alone.
  const keyboard = new Keyboard(page);
  await keyboard.act(card.locator('[data-testid=supervise-now]:enabled'));
  await of(page, 'board-notice', '“试验：楼顶花园”').waitFor();
  // It waits for its answer, and is not sent twice.
  await card.getByTestId('supervised-waits').waitFor();
  const issued = (await notices()).filter((one) => !one.automatic);
  assert.equal(issued.length, before + 1);
  assert.match(issued[0].demand, /请抓紧推进/);
  await page.getByTestId('filter-unit').selectOption(suite.account('liaison1').member.split('/').at(-1));
  await page.getByTestId('lane-week').click();
  await card.waitFor();
  assert.equal(await late.count(), 0);
  assert.match(page.url(), /unit=.*lane=week|lane=week.*unit=/);
  assert.deepEqual(page.problems, []);
});

test('a milestone is reached and a project accepted with one click on the workbench', async () => {
  const { name } = await project('试验：共享会议室', 2, { 腾出房间: null });
  const unit = await openAs(browser, suite, 'liaison1', PHONE);
  await unit.goto('/workbench');
  await of(unit, 'todo-milestone', '腾出房间').getByTestId('milestone-reach-now').click();
  await of(unit, 'todo-milestone', '腾出房间').waitFor({ state: 'detached' });
  const liaison = await suite.as('liaison1');
  await liaison.call(`${PROJECTS}/ReportProgress`, {
    name,
    report: { text: '已开放', finished: true },
    requestId: once(),
  });
  const page = await openAs(browser, suite, 'street', PHONE);
  await page.goto('/workbench');
  await of(page, 'todo-project-accept', '试验：共享会议室').getByTestId('project-accept-now').click();
  await of(page, 'todo-project-accept', '试验：共享会议室').waitFor({ state: 'detached' });
  const { state } = await street.call(`${PROJECTS}/GetProject`, { name });
  assert.equal(state, 'STATE_ACCEPTED');
  assert.deepEqual([...unit.problems, ...page.problems], []);
});

test('a milestone marked by mistake is opened again, and a project that is given up is stopped', async () => {
  const { name } = await project('试验：屋顶菜园', -3, { 选址: null });
  const unit = await openAs(browser, suite, 'liaison1', PHONE);
  await unit.goto(`/projects/${name.split('/').at(-1)}`);
  await unit.getByTestId('milestone-reach').click();
  await unit.getByTestId('milestone-undo').click();
  await unit.getByTestId('milestone-reach').waitFor();
  assert.equal(await unit.getByTestId('project-stop').count(), 0);

  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/projects/${name.split('/').at(-1)}`);
  await page.getByTestId('project-stop').click();
  await page.getByTestId('reason').fill('屋顶承重不足');
  await settle(page);
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByTestId('confirm-reason').click();
  await page.getByTestId('stop-reason').filter({ hasText: '屋顶承重不足' }).waitFor();
  await unit.getByTestId('stop-reason').waitFor(); // by itself
  await page.goto('/projects?state=stopped');
  await of(page, 'project', '试验：屋顶菜园').waitFor();
  await page.goto('/projects?state=overdue');
  await page.getByTestId('project').first().waitFor();
  assert.equal(await of(page, 'project', '试验：屋顶菜园').count(), 0);
  assert.deepEqual([...unit.problems, ...page.problems], []);
});

test('what is overdue is on the agenda of the next draft', async () => {
  const { name } = await project('试验：门禁改造', -2);
  const start = Date.now() + 30 * DAY;
  const draft = await street.call('meeting.v1.MeetingService/CreateMeeting', {
    parent: suite.demo.alliance,
    meeting: {
      title: '试验：回头看',
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + DAY / 12).toISOString(),
    },
    requestId: once(),
  });
  assert.equal(draft.agendaItems.filter((item) => item.project === name).length, 1);
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto(`/meetings/${draft.name.split('/').at(-1)}`);
  await page.getByRole('link', { name: '试验：门禁改造' }).click();
  await page.getByTestId('project-state').waitFor();

  // Left out with a reason, it stays away; what was typed meanwhile is kept, and saved.
  await page.goto(`/meetings/${draft.name.split('/').at(-1)}/edit`);
  const titles = page.getByLabel(/^第 \d+ 项$/);
  const at = draft.agendaItems.findIndex((item) => item.project === name);
  await titles.nth(at).waitFor();
  const count = await titles.count();
  await page.getByTestId('meeting-title').fill('试验：回头看二');
  await page.getByRole('button', { name: `删除第 ${at + 1} 项`, exact: true }).click();
  await page.getByTestId('reason').fill('已约定下月专题研究');
  await page.getByTestId('confirm-reason').click();
  await of(page, 'left-out', '试验：门禁改造').waitFor();
  await titles.nth(count - 1).waitFor({ state: 'detached' });
  assert.equal(await page.getByTestId('meeting-title').inputValue(), '试验：回头看二');
  await page.getByTestId('meeting-save').click();
  await of(page, 'left-out', '已约定下月专题研究').waitFor();
  const saved = await street.call('meeting.v1.MeetingService/GetMeeting', { name: draft.name });
  assert.equal(saved.title, '试验：回头看二');
  assert.equal((saved.agendaItems ?? []).filter((item) => item.project === name).length, 0);
  assert.deepEqual(saved.leftOut.map((one) => one.project), [name]);
  assert.deepEqual(page.problems, []);
});

test('a milestone that is overdue is shown wherever its project is, and told once', async () => {
  const { name } = await project('试验：屋面防水', 20, { 材料进场: -1, 竣工: 10 });
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/projects/board?lane=milestones');
  const card = of(page, 'board-project', '试验：屋面防水');
  await card.getByTestId('milestones-overdue').waitFor();
  await page.goto('/projects?state=milestones');
  const row = of(page, 'project', '试验：屋面防水');
  await row.getByTestId('milestones-overdue').waitFor();
  await row.getByRole('link').click();
  await of(page, 'milestone', '材料进场').getByTestId('milestone-overdue').waitFor();
  assert.equal(await page.getByTestId('milestone-overdue').count(), 1);
  // Who proposed it and who supports it are changed on its page, and shown.
  const proposer = suite.account('liaison2');
  await page.getByTestId('project-edit').click();
  await page.getByTestId('edit-proposer').selectOption(proposer.member);
  const units = page.getByRole('group', { name: '配合单位' });
  await units.getByTestId('unit-picker').click();
  await units.getByRole('checkbox').nth(5).check();
  await page.getByTestId('project-keep').click();
  await page.getByTestId('supporting').waitFor();
  const changed = await street.call(`${PROJECTS}/GetProject`, { name });
  assert.equal(changed.proposerMember, proposer.member);
  assert.equal(changed.supportingMembers.length, 1);
  const liaison = await suite.as('liaison1');
  const told = async (who) =>
    (await who.list('meeting.v1.NoticeService/ListNotices', 'notices', {})).filter(
      (one) => one.resource === name && /节点“材料进场”已逾期/.test(one.text),
    );
  await eventually(async () => (await told(liaison)).length > 0, 40);
  assert.equal((await told(liaison)).length, 1);
  assert.equal((await told(liaison))[0].actionNeeded, true);
  assert.equal((await told(street)).length, 1);
  assert.deepEqual(page.problems, []);
});

test('the dispatch table is written, and requests come as a file', async () => {
  const page = await openAs(browser, suite, 'street', DESK);
  await page.goto('/requests');
  await page.getByTestId('filter-type').selectOption({ label: '一般' });
  await settle(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('requests-export').click(),
  ]);
  assert.match(file.suggestedFilename(), /^诉求 \d{4}-\d\d-\d\d\.xlsx$/);
  await page.getByTestId('dispatch-table').click();
  const rules = page.getByTestId('dispatch-rule');
  await rules.first().waitFor();
  const before = await rules.count();
  await page.getByTestId('rule-add').click();
  await rules.last().getByTestId('rule-category').selectOption({ label: '噪声' });
  await rules.last().getByTestId('member').selectOption(suite.account('liaison1').member);
  await page.getByTestId('table-save').click();
  await page.getByText('派单规则已保存').waitFor();
  const table = await street.call('meeting.v1.RequestService/GetDispatchTable', { parent: suite.demo.alliance });
  assert.equal(table.rules.length, before + 1);
  assert.equal(table.rules.at(-1).member, suite.account('liaison1').member);
  assert.deepEqual(page.problems, []);
});

describe('as it stands, and dark in the elder look', () => {
  const pages = {
    street: ['workbench', 'projects/board', 'requests', 'requests/dispatch'],
    liaison1: ['workbench', 'requests?view=unit&urgency=2'],
  };
  for (const [title, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    for (const [login, paths] of Object.entries(pages)) {
      test(`${login}, ${title}`, async () => {
        const page = await openAs(browser, suite, login, viewport);
        const faults = [];
        for (const path of paths) {
          await page.goto(`/${path}`);
          await settle(page);
          const name = `supervision-${title}-${login}-${path.replaceAll(/[/?&=]/g, '-')}`;
          await picture(page, name);
          faults.push(...(await accessibilityFaults(page)), ...(await clippedText(page)));
          await look(page, { dark: true, elder: true });
          await picture(page, `${name}-dark-elder`);
          faults.push(...(await lookFaults(page)), ...(await clippedText(page)));
          await look(page, { dark: false, elder: false });
        }
        assert.deepEqual([...faults, ...page.problems], []);
      });
    }
  }
});
