// Journeys 3 and 4: a request with a photo, whose progress shows in a second browser by
// itself; the street dispatches, the unit resolves, the reporter rates. Two who dispatch race.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, person } from '../lib/alliances.mjs';
import { DESK, PHONE, accessibilityFaults, clippedText, launch, look, openAs, picture, sendAtOnce, settle, signIn } from '../lib/browser.mjs';
import { eventually } from '../lib/door.mjs';
import { Keyboard } from '../lib/keyboard.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

let suite;
let browser;
let street;
before(async () => {
  suite = await Suite.start('requests');
  street = await suite.as('street');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

const photo = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};
const requestsOf = async (title) => {
  const found = await all(street, 'meeting.v1.RequestService/ListRequests', 'requests', {
    parent: suite.demo.alliance,
    view: 'REQUEST_VIEW_ALLIANCE',
  });
  return found.filter((request) => request.title === title);
};
const row = (page, title) => page.getByTestId('request').filter({ hasText: title });
const stateOf = (page, state) => page.locator(`[data-testid=request-state][data-state="${state}"]`).first();

// Counts clicks.
function counter() {
  const click = async (target) => {
    await target.click();
    ++click.count;
  };
  click.count = 0;
  return click;
}

async function fill(page, title) {
  await page.getByTestId('request-title').fill(title);
  await page.getByTestId('request-place').fill('金穗路 12 号');
}

// The units come a moment after the sheet.
async function chooseUnit(page, name) {
  const option = page.getByTestId('member').locator('option', { hasText: name }).first();
  await option.waitFor({ state: 'attached' });
  await page.getByTestId('member').selectOption(await option.getAttribute('value'));
}

test('a request with a photo in four taps; dispatched, resolved and rated in three each, live', async () => {
  const title = '路面塌陷一处';
  const page = await openAs(browser, suite, 'staff2', PHONE);
  const report = counter();
  await report(page.getByTestId('nav-requests'));
  await report(page.getByTestId('request-new'));
  await fill(page, title);
  const chooser = page.waitForEvent('filechooser');
  await report(page.getByTestId('photo-add'));
  await (await chooser).setFiles(photo);
  await page.getByTestId('preview').waitFor();
  await settle(page);
  await picture(page, 'phone-form');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await report(page.getByTestId('request-send'));
  await stateOf(page, 1).waitFor();
  await page.getByTestId('photo-shown').waitFor();
  assert.equal(report.count, 4);
  assert.equal((await requestsOf(title)).length, 1);

  const desk = await openAs(browser, suite, 'street', DESK);
  const dispatch = counter();
  await dispatch(desk.getByTestId('nav-requests').first());
  await dispatch(row(desk, title).getByTestId('dispatch'));
  await chooseUnit(desk, '小寒数据');
  await desk.getByTestId('category').selectOption('5');
  await picture(desk, 'desk-dispatch');
  assert.deepEqual(await accessibilityFaults(desk), []);
  await dispatch(desk.getByTestId('confirm-dispatch'));
  assert.equal(dispatch.count, 3);
  await stateOf(page, 3).waitFor(); // nobody touched the reporter's phone
  await picture(page, 'phone-progress');

  const unit = await openAs(browser, suite, 'liaison1', DESK);
  const resolve = counter();
  await resolve(unit.getByTestId('nav-requests').first());
  await resolve(row(unit, title).getByTestId('resolve'));
  await unit.getByTestId('result').fill('已回填并压实。');
  await resolve(unit.getByTestId('confirm-resolve'));
  assert.equal(resolve.count, 3);
  await stateOf(page, 5).waitFor();

  const rate = counter();
  await rate(page.getByTestId('nav-requests'));
  await rate(row(page, title).getByTestId('score-5'));
  await rate(page.getByTestId('confirm-rate'));
  assert.equal(rate.count, 3);
  await stateOf(row(page, title), 6).waitFor();
  await settle(page);
  await picture(page, 'phone-list');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  const [made] = await requestsOf(title);
  assert.equal(made.rating, 5);

  // The hole is there again: the street sends it back, and the reporter sees that.
  await row(desk, title).getByTestId('reopen').click();
  await desk.getByTestId('reason').fill('雨后再次塌陷');
  await picture(desk, 'desk-reopen');
  assert.deepEqual(await accessibilityFaults(desk), []);
  await desk.getByTestId('confirm-reason').click();
  await stateOf(row(page, title), 3).waitFor();
  for (const one of [page, desk, unit]) assert.deepEqual(one.problems, []);
});

test('in the elder look, by keyboard alone', async () => {
  const title = '垃圾桶翻倒';
  const page = await openAs(browser, suite, undefined, PHONE);
  const keys = new Keyboard(page);
  await keys.signIn(suite.account('staff1'));
  await keys.chooseElder();
  await keys.act(page.getByTestId('nav-requests'), { back: true });
  await keys.act(page.getByTestId('request-new'));
  await keys.type(page.getByTestId('request-title'), title);
  await keys.type(page.getByTestId('request-place'), '麦香公园');
  await keys.to(page.getByTestId('photo')); // what opens is the machine's own
  await page.getByTestId('photo').setInputFiles(photo);
  await page.getByTestId('preview').waitFor();
  await settle(page);
  await picture(page, 'elder-form');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  await keys.act(page.getByTestId('request-send'));
  await stateOf(page, 1).waitFor();
  await page.getByTestId('photo-shown').waitFor();
  await settle(page);
  await picture(page, 'elder-request');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(await clippedText(page), []);
  assert.equal((await requestsOf(title)).length, 1);
  assert.deepEqual(page.problems, []);
});

test('the gateway is killed before it is sent: nothing typed is lost, one request', async () => {
  const title = '窨井盖缺失';
  const page = await openAs(browser, suite, 'staff1', PHONE);
  await look(page, { elder: true });
  await page.goto('/requests/new');
  await settle(page);
  await fill(page, title);
  await page.getByTestId('photo').setInputFiles(photo);
  await page.getByTestId('preview').waitFor();
  const bringBack = suite.takeDown('gateway');
  try {
    await page.getByTestId('request-send').click();
    await page.getByTestId('problem').getByText('网络').waitFor();
    await picture(page, 'gateway-down');
  } finally {
    await bringBack();
  }
  assert.equal(await page.getByTestId('request-title').inputValue(), title);
  assert.equal(await page.getByTestId('preview').count(), 1);
  await page.getByTestId('request-send').click();
  await page.getByTestId('photo-shown').waitFor();
  assert.equal((await requestsOf(title)).length, 1);
  assert.deepEqual(page.problems, []);
});

test('what three report becomes one: merged, joined, followed and rated by each', async () => {
  const title = '试验：路口积水';
  const words = '试验：下雨就淹';
  const { alliance } = suite.demo;
  const report = async (who, name, place) =>
    (await suite.as(who)).call('meeting.v1.RequestService/CreateRequest', {
      parent: alliance,
      request: { title: name, place, category: 'REQUEST_CATEGORY_OTHER' },
      requestId: once(),
    });
  await report('staff1', title, '试验路 1 号');
  const second = await report('staff2', words, '试验路口');
  const follower = await openAs(browser, suite, 'staff2', PHONE);
  await follower.goto(`/requests/${second.name.split('/').at(-1)}`);
  await stateOf(follower, 2).waitFor();

  const desk = await openAs(browser, suite, 'street', DESK);
  await desk.goto('/requests');
  await row(desk, title).getByRole('link').click();
  await desk.getByTestId('merge').click();
  await desk.getByRole('checkbox', { name: words }).check();
  await settle(desk);
  await picture(desk, 'desk-merge');
  assert.deepEqual(await accessibilityFaults(desk), []);
  await desk.getByTestId('confirm-reason').click();
  await desk.getByTestId('merged-list').getByText(words).waitFor();
  await desk.getByTestId('reporters').filter({ hasText: '2' }).first().waitFor();
  await settle(desk);
  await picture(desk, 'desk-merged');
  assert.deepEqual(await accessibilityFaults(desk), []);
  await stateOf(follower, 8).waitFor(); // nobody touched the phone

  // Whoever is about to report the same is offered it and joins in with one tap.
  const third = await openAs(browser, suite, 'liaison2', PHONE);
  await third.goto('/requests/new');
  await third.getByTestId('request-place').fill('试验路1号');
  await third.getByTestId('request-category').selectOption('7');
  const offered = third.getByTestId('similar');
  await offered.getByText('2 人反映').waitFor();
  assert.ok(!(await offered.textContent()).includes(title));
  await settle(third);
  await picture(third, 'phone-similar');
  assert.deepEqual(await accessibilityFaults(third), []);
  assert.deepEqual(await clippedText(third), []);
  await offered.getByTestId('me-too').click();
  await stateOf(third, 8).waitFor();

  // What the unit does to the one shows on all of them.
  await desk.getByTestId('reporters').filter({ hasText: '3' }).first().waitFor();
  await desk.getByTestId('dispatch').click();
  await chooseUnit(desk, '小寒数据');
  await desk.getByTestId('confirm-dispatch').click();
  const progress = (page, state) =>
    page.locator(`[data-testid=progress-state][data-state="${state}"]`).first().waitFor();
  await Promise.all([follower, third].map((page) => progress(page, 3)));
  const [main] = await requestsOf(title);
  await (await suite.as('liaison1')).call('meeting.v1.RequestService/ResolveRequest', {
    name: main.name,
    result: '已疏通雨水口。',
    requestId: once(),
  });
  await Promise.all([follower, third].map((page) => progress(page, 5)));
  await follower.getByTestId('result-shown').getByText('已疏通雨水口。').waitFor();
  await settle(follower);
  await picture(follower, 'phone-merged');
  assert.deepEqual(await accessibilityFaults(follower), []);
  assert.deepEqual(await clippedText(follower), []);
  const shown = await follower.locator('body').textContent();
  for (const secret of [title, '试验路 1 号', main.reporter]) assert.ok(!shown.includes(secret), secret);
  await follower.getByTestId('score-4').click();
  await follower.getByTestId('confirm-rate').click();
  await follower.getByTestId('rating').waitFor();
  const merged = (await requestsOf(words))[0];
  assert.deepEqual([merged.state, merged.rating], ['STATE_MERGED', 4]);
  // The same is told to all three.
  for (const who of ['staff1', 'staff2', 'liaison2']) {
    const caller = await suite.as(who);
    await eventually(async () => {
      const notices = await all(caller, 'meeting.v1.NoticeService/ListNotices', 'notices', {});
      return notices.some(({ text, resource }) => /^您的.*诉求已由.*办结，请评价$/.test(text) && resource.includes('/requests/'));
    });
  }
  for (const page of [follower, desk, third]) assert.deepEqual(page.problems, []);
});

test('two dispatch one request at once: one wins, the other is told and loses nothing', async () => {
  const title = '试验：路灯忽明忽暗';
  const { alliance } = suite.demo;
  const reporter = await suite.as('staff1');
  await reporter.call('meeting.v1.RequestService/CreateRequest', {
    parent: alliance,
    request: { title, place: '金穗路 30 号' },
    requestId: once(),
  });
  const colleague = await person(suite, 'STREET_ADMIN', { alliance });
  const pages = [await openAs(browser, suite, 'street', DESK), await openAs(browser, suite, null, DESK)];
  await signIn(pages[1], { login: colleague.login, password: PASSWORD });
  const chosen = [];
  for (const [i, page] of pages.entries()) {
    await page.goto('/requests');
    await row(page, title).getByTestId('dispatch').click();
    const unit = page.getByTestId('member');
    await unit.selectOption({ index: 3 + i });
    chosen.push(await unit.inputValue());
    await page.getByTestId('category').selectOption('5');
  }
  const confirm = (page) => page.getByTestId('confirm-dispatch');
  await sendAtOnce(pages, 'DispatchRequest');
  await Promise.all(pages.map((page) => confirm(page).click()));
  // One sheet goes, the other stays with what the server said.
  const told = await Promise.all(
    pages.map((page) =>
      Promise.race([
        confirm(page).waitFor({ state: 'hidden' }).then(() => ''),
        page.getByTestId('problem').getByText(/./).textContent(),
      ]),
    ),
  );
  assert.deepEqual(told.map((text) => text === '').sort(), [false, true]);
  assert.equal(told.join(''), '该诉求已派给其他单位，改派请填写原因');
  const loser = told.findIndex((text) => text !== '');
  const page = pages[loser];
  assert.equal((await requestsOf(title))[0].member, chosen[1 - loser]);
  await page.getByTestId('dispatch-reason').waitFor();
  await settle(page);
  await picture(page, 'desk-dispatch-lost');
  assert.deepEqual(await accessibilityFaults(page), []);
  // What was chosen stands, and goes out once it is said why.
  assert.equal(await page.getByTestId('member').inputValue(), chosen[loser]);
  assert.equal(await page.getByTestId('category').inputValue(), '5');
  await page.getByTestId('dispatch-reason').fill('属本单位管养路段');
  await confirm(page).click();
  await confirm(page).waitFor({ state: 'hidden' });
  const [made] = await requestsOf(title);
  assert.equal(made.member, chosen[loser]);
  assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
});

test('the street makes a topic of a request, and each leads to the other', async () => {
  const title = '小区门口积水，多户反映';
  const another = '雨后路口积水';
  for (const [who, said] of [
    ['staff1', title],
    ['staff2', another],
  ]) {
    await (await suite.as(who)).call('meeting.v1.RequestService/CreateRequest', {
      parent: suite.demo.alliance,
      request: { title: said, category: 1, type: 1, place: '金穗路 3 号' },
      requestId: once(),
    });
  }
  const [made] = await requestsOf(title);
  const path = `/requests/${made.name.split('/').at(-1)}`;
  for (const [viewport, size] of [
    [PHONE, 'phone'],
    [DESK, 'desk'],
  ]) {
    const page = await openAs(browser, suite, 'street', viewport);
    await page.goto(path);
    await page.getByTestId('escalate').click();
    const named = page.getByTestId('escalate-title');
    assert.equal(await named.inputValue(), title);
    assert.equal(await page.getByTestId('escalate-send').isDisabled(), true);
    await page.getByTestId('escalate-body').fill('请联席会议确定改造责任单位');
    await settle(page);
    await picture(page, `${size}-escalate`);
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(await clippedText(page), []);
    if (viewport === PHONE) continue;
    await page.getByRole('checkbox', { name: new RegExp(another) }).check();
    await page.getByTestId('escalate-send').click();
    await page.waitForURL(/\/topics\/[^/]+$/);
    const topic = new URL(page.url()).pathname;
    await page.goto(path);
    await page.locator(`a[href="${topic}"]`).waitFor();
    assert.equal(await page.getByTestId('escalate').count(), 0);
    const [other] = await requestsOf(another);
    assert.equal(other.topic.split('/').at(-1), topic.split('/').at(-1));
    assert.deepEqual(page.problems, []);
  }
});
