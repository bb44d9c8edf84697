// Ballots through the gateway: a named and a secret one in a meeting in session, and a
// procedure that what carried takes on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PaperMaker } from '../lib/paper.mjs';
import { meetingInSession } from '../lib/meetings.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const BALLOT = 'meeting.v1.BallotService';
const MEETING = 'meeting.v1.MeetingService';
const logins = ['liaison1', 'liaison2', 'liaison3', 'liaison4'];
const reasonOf = (call) => call.then(() => 'OK', (error) => error.reason);

let suite;
let street;
let nobody;
let meeting;
const liaisons = {};
before(async () => {
  suite = await Suite.start('ballots');
  street = await suite.as('street');
  nobody = new street.constructor(suite.http);
  for (const login of logins) liaisons[login] = await suite.as(login);
  meeting = await meetingInSession(suite, street);
});
after(() => suite?.end());

const open = (kind) =>
  street.call(`${BALLOT}/OpenBallot`, {
    parent: meeting,
    ballot: { question: `试验表决 ${once()}`, kind },
    requestId: once(),
  });
const close = ({ name }) => street.call(`${BALLOT}/CloseBallot`, { name, requestId: once() });

test('named votes sent three times count once, and the meeting waits for the ballot', async () => {
  const ballot = await open('ITEM_KIND_ORDINARY');
  const body = { name: ballot.name, choice: 'CHOICE_FOR' };
  await Promise.all(
    logins.flatMap((login) => {
      const requestId = once();
      return [1, 2, 3].map(() => liaisons[login].call(`${BALLOT}/CastVote`, { ...body, requestId }));
    }),
  );
  assert.equal(
    await reasonOf(street.call(`${MEETING}/CloseMeeting`, { name: meeting, requestId: once() })),
    'BALLOT_RUNNING',
  );
  const closed = await close(ballot);
  assert.equal(closed.count.forVotes, '4');
  assert.equal(closed.outcome, 'OUTCOME_REJECTED'); // four of all that are there
  assert.equal(closed.count.presentUnits, closed.count.entitledUnits);
});

test('what was voted down is no resolution of its item', async () => {
  const { agendaItems } = await street.call(`${MEETING}/GetMeeting`, { name: meeting });
  const agendaItem = agendaItems[1].id;
  const record = (more = {}) =>
    street.call('meeting.v1.ProjectService/RecordResolution', {
      parent: suite.demo.alliance,
      resolution: { meeting, agendaItem, title: '予以通过', ...more },
      requestId: once(),
    });
  const ballot = await street.call(`${BALLOT}/OpenBallot`, {
    parent: meeting,
    ballot: { question: '是否通过', agendaItem },
    requestId: once(),
  });
  assert.equal(await reasonOf(record()), 'BALLOT_RUNNING');
  await liaisons.liaison1.call(`${BALLOT}/CastVote`, { name: ballot.name, choice: 'CHOICE_AGAINST', requestId: once() });
  assert.equal((await close(ballot)).outcome, 'OUTCOME_REJECTED');
  assert.equal(await reasonOf(record()), 'ITEM_NOT_CARRIED');
  assert.equal(await reasonOf(record({ ballot: ballot.name })), 'ITEM_NOT_CARRIED');
  assert.equal(await reasonOf(record({ agendaItem: '', ballot: ballot.name })), 'ITEM_NOT_CARRIED');
  // Naming nothing is no way round it; what is about something else says so.
  assert.equal(await reasonOf(record({ agendaItem: '' })), 'VOTE_LOST');
  assert.equal((await record({ agendaItem: '', apartFromVotes: true })).ballot, undefined);
});

test('what a later vote refuses is taken back, and then the meeting can be closed', async () => {
  const resolution = { meeting, title: '试行三个月', apartFromVotes: true };
  const project = 'meeting.v1.ProjectService';
  const parent = suite.demo.alliance;
  const { name } = await street.call(`${project}/RecordResolution`, { parent, resolution, requestId: once() });
  const listed = async () =>
    (await street.list(`${project}/ListResolutions`, 'resolutions', { parent, meeting })).map((one) => one.name);
  assert.ok((await listed()).includes(name));
  const body = { name, reason: '表决未通过', requestId: once() };
  await street.call(`${project}/WithdrawResolution`, body);
  await street.call(`${project}/WithdrawResolution`, body);
  assert.ok(!(await listed()).includes(name));
  const audit = await suite.as('audit');
  const entries = await audit.list('meeting.v1.JournalService/ListEntries', 'entries', { resource: name });
  const [taken] = entries.filter(({ method }) => method.endsWith('/WithdrawResolution'));
  assert.deepEqual([taken.reason, taken.before.title, taken.after], ['表决未通过', '试行三个月', undefined]);
});

test('a secret vote goes without a name, as often as it likes, and is found again', async () => {
  const ballot = await open('ITEM_KIND_PERSONNEL');
  const { name } = ballot;
  assert.equal(ballot.state, 'STATE_DRAWING');
  const makers = [];
  for (const login of logins) {
    const maker = new PaperMaker(ballot.publicKey);
    const drawn = await liaisons[login].call(`${BALLOT}/DrawPaper`, {
      name,
      blindedMessage: maker.blinded,
      requestId: once(),
    });
    maker.finish(drawn.blindSignature);
    makers.push(maker);
  }
  assert.equal(await reasonOf(liaisons.liaison1.call(`${BALLOT}/CastVote`, { name, choice: 'CHOICE_FOR', requestId: once() })), 'BALLOT_SECRET');
  await street.call(`${BALLOT}/OpenBox`, { name, requestId: once() });
  const papers = makers.map((maker, i) => maker.vote(i < 3 ? 'CHOICE_FOR' : 'CHOICE_AGAINST'));
  // More calls from one address than it may make without signing in: a paper is its own proof.
  for (let i = 0; i < 40; i++) {
    await Promise.all(papers.map((paper) => nobody.call(`${BALLOT}/CastPaper`, { name, paper })));
  }
  const other = { name, paper: makers[0].vote('CHOICE_AGAINST') };
  assert.equal(await reasonOf(nobody.call(`${BALLOT}/CastPaper`, other)), 'PAPER_USED');
  const forged = { name, paper: { ...papers[0], choice: 'CHOICE_ABSTAIN' } };
  assert.equal(await reasonOf(nobody.call(`${BALLOT}/CastPaper`, forged)), 'PAPER_INVALID');
  const closed = await close(ballot);
  assert.equal(closed.count.forVotes, '3');
  assert.equal(closed.count.againstVotes, '1');
  const box = await liaisons.liaison1.list(`${BALLOT}/ListPapers`, 'papers', { parent: name });
  assert.deepEqual(
    box.map((paper) => paper.token).sort(),
    papers.map((paper) => paper.token).sort(),
  );
});

test('a procedure goes on by what carried', async () => {
  const parent = suite.demo.alliance;
  const procedure = await street.call('meeting.v1.ProcedureService/StartProcedure', {
    parent,
    procedure: { title: '试验程序', template: `${parent}/procedureTemplates/four-two` },
    requestId: once(),
  });
  const advance = (step, more = {}) =>
    street.call('meeting.v1.ProcedureService/AdvanceProcedure', {
      name: procedure.name,
      step,
      record: '记录',
      requestId: once(),
      ...more,
    });
  await advance(0);
  assert.equal(await reasonOf(advance(1)), 'STAGE_UNMET');
  // The standing council deliberates, which a meeting of all units is not.
  assert.equal(await reasonOf(advance(1, { meeting })), 'STAGE_UNMET');
  await advance(1, { meeting: await meetingInSession(suite, street, { body: 'MEETING_BODY_STANDING' }) });
  const [rejected] = (await street.list(`${BALLOT}/ListBallots`, 'ballots', { parent: meeting })).filter(
    (one) => one.kind === 'ITEM_KIND_ORDINARY',
  );
  assert.equal(await reasonOf(advance(2, { ballot: rejected.name })), 'STAGE_UNMET');
  assert.equal(await reasonOf(advance(1)), 'STATE_WRONG');
});
