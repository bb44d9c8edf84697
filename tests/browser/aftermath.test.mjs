// What follows from a meeting as people meet it: a resolution, the minutes in three clicks, the
// project from its report to its rating, the inbox, and every page of theirs, accessible.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, openAs, picture, settle } from '../lib/browser.mjs';
import { meetingInSession } from '../lib/meetings.mjs';
import { dayFrom } from '../lib/recount.mjs';
import { Suite } from '../lib/suite.mjs';
import { shanghaiDate } from '../lib/world.mjs';

let suite;
let browser;
let street;
let meeting;
const last = (name) => name.split('/').at(-1);
before(async () => {
  suite = await Suite.start('aftermath');
  street = await suite.as('street');
  meeting = await meetingInSession(suite, street);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const press = (page, id) => page.getByTestId(id).first().click();
async function fine(page, name) {
  await settle(page);
  await picture(page, name);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
}

test('a resolution becomes a project, and the minutes are published in three clicks', async () => {
  const unit = suite.account('liaison1').member;
  const [due, later] = [shanghaiDate(120), shanghaiDate(150)];
  const desk = await openAs(browser, suite, 'street', DESK);
  await desk.goto(`/meetings/${last(meeting)}`);
  await press(desk, 'resolution-new');
  await desk.getByTestId('resolution-title').fill('试验：开放夜间车位');
  await desk.getByTestId('resolution-due').fill(dayFrom(due));
  const form = desk.locator('form', { has: desk.getByTestId('resolution-title') });
  await form.getByTestId('member').selectOption(unit);
  await fine(desk, 'resolution-form');
  await press(desk, 'resolution-save');
  const recorded = desk.getByTestId('resolution').filter({ hasText: '试验：开放夜间车位' });
  await recorded.waitFor();

  // One without unit and date keeps the meeting open; the way to mend it is shown.
  await desk.getByTestId('resolution-title').fill('试验：共用会议室');
  await press(desk, 'resolution-save');
  const lacking = desk.getByTestId('resolution').filter({ hasText: '试验：共用会议室' });
  await lacking.filter({ hasText: '缺责任单位或时限' }).waitFor();
  await desk.goto(`/meetings/${last(meeting)}/live`);
  await press(desk, 'meeting-close');
  await desk.getByTestId('resolution-missing').getByRole('link').waitFor();
  await fine(desk, 'meeting-close-missing');
  await desk.getByTestId('resolution-missing').getByRole('link').click();
  const sheet = desk.getByRole('dialog');
  await sheet.getByTestId('member').selectOption(unit);
  await sheet.getByTestId('resolution-due').fill(dayFrom(later));
  await fine(desk, 'resolution-change');
  await press(sheet, 'resolution-save');
  await lacking.filter({ hasText: `${later.month}月${later.day}日` }).waitFor();
  const { resolutions } = await street.call('meeting.v1.ProjectService/ListResolutions', {
    parent: meeting.split('/meetings/')[0],
    meeting,
  });
  const mended = resolutions.find(({ title }) => title === '试验：共用会议室');
  assert.equal(mended.leadMember, unit);
  assert.deepEqual(mended.dueDate, later);

  // What was recorded twice is taken back with a reason.
  const twice = { meeting, title: '试验：重复记录', toCarryOut: true };
  const parent = meeting.split('/meetings/')[0];
  await street.call('meeting.v1.ProjectService/RecordResolution', { parent, resolution: twice });
  const double = desk.getByTestId('resolution').filter({ hasText: twice.title });
  await double.getByTestId('resolution-withdraw').click();
  await desk.getByTestId('reason').fill('重复记录');
  await fine(desk, 'resolution-withdraw');
  await press(desk, 'confirm-reason');
  await double.waitFor({ state: 'detached' });
  await street.call('meeting.v1.MeetingService/CloseMeeting', { name: meeting });
  await desk.reload();

  await press(desk, 'minutes-draft');
  await desk.getByTestId('minutes-opening').waitFor();
  await fine(desk, 'minutes-draft');
  // What is typed and not stored is not published over.
  await desk.getByTestId('minutes-opening').press('End');
  await desk.getByTestId('minutes-opening').pressSequentially('补充。');
  await press(desk, 'minutes-publish');
  const asked = desk.getByRole('dialog');
  await asked.getByText('修改还没有保存').waitFor();
  await settle(desk);
  await asked.getByRole('button', { name: '取消' }).click();
  await asked.waitFor({ state: 'hidden' });
  await press(desk, 'minutes-save');
  await desk.getByText('已保存').waitFor();
  await press(desk, 'minutes-publish');
  await desk.getByRole('dialog').getByText('发布后各单位都会收到通知').waitFor();
  await fine(desk, 'minutes-publish-ask');
  await press(desk, 'minutes-publish-yes');
  await desk.getByTestId('minutes-publish').waitFor({ state: 'hidden' });
  await fine(desk, 'minutes-published');
  const file = desk.waitForEvent('download');
  await press(desk, 'minutes-file-1');
  assert.match((await file).suggestedFilename(), /\.pdf$/);
  assert.deepEqual(desk.problems, []);

  // The unit reports from a phone, the street accepts, and each is told.
  const phone = await openAs(browser, suite, 'liaison1', PHONE);
  await phone.goto('/projects?unit=mine');
  await phone.getByTestId('project').filter({ hasText: '试验：开放夜间车位' }).getByRole('link').click();
  await press(phone, 'project-edit');
  await press(phone, 'milestone-add');
  await phone.getByTestId('milestone-title').fill('完成车位摸底');
  await phone.getByTestId('milestone-weight').fill('101');
  await press(phone, 'project-keep');
  await phone.getByText('0 至 100').waitFor();
  await phone.getByTestId('milestone-weight').fill('40');
  await fine(phone, 'project-edit');
  await press(phone, 'project-keep');
  await phone.getByTestId('milestone').filter({ hasText: '完成车位摸底' }).waitFor();
  await phone.getByTestId('report-text').fill('已开放二十个车位');
  await phone.getByTestId('report-finished').check();
  await fine(phone, 'project-report');
  await press(phone, 'report-send');
  await phone.locator('[data-testid=project-state][data-state="2"]').waitFor();
  await desk.goto(new URL(phone.url()).pathname);
  await press(desk, 'project-accept');
  await desk.locator('[data-testid=project-state][data-state="3"]').waitFor();
  await press(desk, 'project-rate');
  await desk.getByTestId('project-rate').waitFor({ state: 'hidden' });
  await fine(desk, 'project-accepted');

  await phone.goto('/notices');
  await phone.getByTestId('notice').filter({ hasText: '已通过验收' }).first().waitFor();
  await fine(phone, 'inbox');
  await press(phone, 'mark-all');
  await phone.locator('[data-testid=notice][data-read=false]').first().waitFor({ state: 'hidden' });
  assert.deepEqual(phone.problems, []);
});

test('the lists and the handover, on a phone and a desk', async () => {
  for (const [viewport, size] of [
    [PHONE, 'phone'],
    [DESK, 'desk'],
  ]) {
    const page = await openAs(browser, suite, 'street', viewport);
    for (const path of ['projects', 'projects/new', 'projects?state=overdue', 'rotation/handovers']) {
      await page.goto(`/${path}`);
      await fine(page, `${size}-${path.replaceAll(/\W/g, '-')}`);
    }
    const handover = page.getByTestId('handover').first();
    if (await handover.count()) {
      await handover.getByRole('link').click();
      await page.getByTestId('handover-state').waitFor();
      await fine(page, `${size}-handover`);
    }
    assert.deepEqual(page.problems, []);
  }
});
