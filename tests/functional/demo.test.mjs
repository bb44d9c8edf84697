// What the demo shows of the product's core: who chairs, and what the alliance has behind it.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateOf } from '../lib/recount.mjs';
import { Suite } from '../lib/suite.mjs';
import { shanghaiDay } from '../lib/world.mjs';

const MEETING = 'meeting.v1.MeetingService';
const TITLE = '常务理事会季度会议';

let suite;
let parent;
let chair;
let meeting;
before(async () => {
  suite = await Suite.start('demo', { story: true });
  parent = suite.demo.alliance;
  chair = await suite.as('chair');
  const meetings = await chair.list(`${MEETING}/ListMeetings`, 'meetings', { parent });
  meeting = meetings.find(({ title }) => title === TITLE);
});
after(() => suite?.end());

test('who chairs is listed, and may act as the chair', async () => {
  const { member } = await chair.call('alliance.v1.RotationService/GetActingChair', { parent });
  const listed = suite.demo.accounts.find(({ login }) => login === 'chair');
  assert.equal(listed.member, member);
  assert.match(suite.output, /^ {2}chair +\S+ +LIAISON$/m);
  await chair.call(`${MEETING}/ListMeetingTemplates`, { parent });
});

test('a meeting was held, voted, and its minutes are published', async () => {
  assert.equal(meeting.state, 'STATE_CLOSED');
  const staff = await suite.as('staff1');
  const ballots = await chair.list('meeting.v1.BallotService/ListBallots', 'ballots', { parent: meeting.name });
  assert.deepEqual(ballots.map(({ outcome }) => outcome).sort(), [
    'OUTCOME_CARRIED',
    'OUTCOME_CARRIED',
    'OUTCOME_REJECTED',
  ]);
  const minutes = await staff.call(`${MEETING}/GetMinutes`, { name: `${meeting.name}/minutes` });
  assert.equal(minutes.state, 'STATE_PUBLISHED');
  assert.equal(minutes.onLeave.length, 1);
  assert.equal(minutes.tasks.length, 3);
});

test('notice is asked for as before', async () => {
  const { charters } = await chair.call('alliance.v1.CharterService/ListCharters', { parent });
  const days = charters.sort((a, b) => a.version - b.version).map((one) => one.meeting.noticeDays ?? 0);
  assert.deepEqual(days, [7, 7, 0, 7]);
});

test('its resolutions are projects: one accepted and rated, one under way, one supervised', async () => {
  const projects = await chair.list('meeting.v1.ProjectService/ListProjects', 'projects', { parent });
  const summary = projects.map((one) => [one.state, one.progressPercent ?? 'unknown', one.rating ?? 0, one.supervisionCount ?? 0]);
  assert.deepEqual(summary.sort(), [
    ['STATE_ACCEPTED', 100, 5, 0],
    ['STATE_RUNNING', 0, 0, 1],
    ['STATE_RUNNING', 33, 0, 0],
  ]);
});

test('the evaluation has something to count', async () => {
  const street = await suite.as('street');
  const year = shanghaiDay(new Date().toISOString()).slice(0, 4);
  const { total } = await street.call('meeting.v1.ReportService/GetEvaluation', {
    parent,
    startDate: dateOf(`${year}-01-01`),
    endDate: dateOf(`${year}-12-31`),
  });
  const counted = total.filter(({ denominator }) => Number(denominator) > 0);
  assert.ok(counted.length >= 6, JSON.stringify(total));
});

// As after an interrupted load: what is written last is not there.
test('a load that goes on tells nothing twice', async () => {
  await suite.down();
  rmSync(join(suite.data, 'demo.json'));
  await suite.up();
  const again = await suite.as('chair');
  const meetings = await again.list(`${MEETING}/ListMeetings`, 'meetings', { parent });
  assert.equal(meetings.filter(({ title }) => title === TITLE).length, 1);
  const projects = await again.list('meeting.v1.ProjectService/ListProjects', 'projects', { parent });
  assert.equal(projects.length, 3);
});
