// A meeting in session, watched by two units and the street over Connect and native gRPC.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ballot_State } from '../gen/jinhuan/meeting/v1/ballot_pb.js';
import { MeetingService } from '../gen/jinhuan/meeting/v1/meeting_service_pb.js';
import { newAlliance, person } from '../lib/alliances.mjs';
import { Code, connectTransport, createClient, grpcTransport } from '../lib/grpc.mjs';
import { meetingNow } from '../lib/meetings.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

const SERVICE = 'meeting.v1.MeetingService';
let suite;
let street;
let name;
before(async () => {
  suite = await Suite.start('meeting-live');
  street = await suite.as('street');
  ({ name } = await meetingNow(suite, street));
});
after(() => suite?.end());

const act = (method, body) => street.call(`${SERVICE}/${method}`, { name, requestId: once(), ...body });

// What comes down of a meeting until `enough` says so, at most for 30 s.
async function watch(transport, enough, meeting = name) {
  const told = [];
  const client = createClient(MeetingService, transport);
  for await (const message of client.watchMeeting({ name: meeting }, { signal: AbortSignal.timeout(30e3) })) {
    told.push(message);
    if (enough(message)) break;
  }
  return told;
}

test('whoever watches sees who is there, the item and the quorum, in the same order', async () => {
  const watchers = [
    watch(grpcTransport(suite, await suite.token(suite.account('liaison2'))), ({ meeting }) => meeting.state === 4),
    watch(connectTransport(suite, await suite.token(suite.account('liaison3'))), ({ meeting }) => meeting.state === 4),
  ];
  const units = suite.demo.accounts.filter(({ role, member }) => role === 'LIAISON' && member);
  for (const { member } of units) await act('CheckInDelegate', { member });
  await act('CheckInDelegate', { observerDisplayName: '区委组织部' });
  await act('LeaveMeeting', { member: units[0].member });
  const opened = await act('OpenMeeting');
  await act('SetCurrentItem', { item: opened.agendaItems[1].id, speaker: '联络员' });
  await new Promise((resolve) => setTimeout(resolve, 500)); // a look takes 100 ms
  await act('CloseMeeting');
  const present = new Set(units.map(({ member }) => member)).size - 1;
  for (const told of await Promise.all(watchers)) {
    const revisions = told.map(({ revision }) => revision);
    assert.deepEqual(revisions, [...revisions].sort((a, b) => Number(a - b)));
    const during = told.find(({ meeting }) => meeting.speaker === '联络员');
    assert.equal(during.meeting.presentCount, present);
    assert.equal(during.meeting.observerCount, 1);
    assert.equal(during.meter.presentCount, present);
    assert.equal(during.meter.entitledCount, during.meeting.invitedCount);
    assert.equal(during.meter.quorate, present >= during.meter.quorumCount);
  }
});

test('whoever watches sees the ballot that runs with each vote, by weights and proxies, until it is over', async () => {
  const { name: alliance, street: chair, members } = await newAlliance(suite, 4);
  const [voter, grantor] = await Promise.all(
    members.slice(0, 2).map(({ name: member }) => person(suite, 'LIAISON', { alliance, member })),
  );
  const rules = { tierWeights: [{ tier: 'TIER_STANDING', votes: 3 }] };
  const { name: meeting, agendaItems } = await meetingNow(suite, chair, { alliance, rules });
  const call = (who, method, body) => who.call(`meeting.v1.${method}`, { requestId: once(), ...body });
  await call(grantor, 'BallotService/GrantProxy', { parent: meeting, holder: members[0].name });
  for (const { name: member } of [members[0], members[2]]) {
    await call(chair, 'MeetingService/CheckInDelegate', { name: meeting, member });
  }
  await call(chair, 'MeetingService/OpenMeeting', { name: meeting });
  await call(chair, 'MeetingService/SetCurrentItem', { name: meeting, item: agendaItems[1].id });
  let voted;
  const seen = new Promise((resolve) => {
    voted = resolve;
  });
  const all = watch(
    connectTransport(suite, voter.token),
    ({ ballots, meter }) => {
      if (Number(ballots[0]?.count.forVotes) === 3) voted();
      return ballots.length === 0 && meter === undefined;
    },
    meeting,
  );
  const ballot = { question: '夜间停车', kind: 'ITEM_KIND_ORDINARY', agendaItem: agendaItems[1].id };
  const opened = await call(chair, 'BallotService/OpenBallot', { parent: meeting, ballot });
  await call(voter, 'BallotService/CastVote', { name: opened.name, choice: 'CHOICE_FOR', member: members[0].name });
  await seen;
  await call(chair, 'BallotService/CloseBallot', { name: opened.name });
  await call(chair, 'MeetingService/SetCurrentItem', { name: meeting });
  const told = await all;
  const during = told.find(({ ballots }) => Number(ballots[0]?.count.forVotes) === 3);
  assert.equal(during.ballots[0].name, opened.name);
  assert.equal(during.ballots[0].state, Ballot_State.OPEN);
  // Three are there, one of them by proxy: nine votes, of which five carry it.
  const { presentCount, proxyCount, presentVotes, entitledVotes, majorityCount, quorate } = during.meter;
  assert.deepEqual(
    { presentCount, proxyCount, presentVotes, entitledVotes, majorityCount, quorate },
    { presentCount: 3, proxyCount: 1, presentVotes: 9, entitledVotes: 12, majorityCount: 5, quorate: true },
  );
  assert.equal(Number(during.ballots[0].count.presentVotes), presentVotes);
  const revisions = told.map(({ revision }) => Number(revision));
  assert.deepEqual(revisions, [...revisions].sort((a, b) => a - b));
});

test('nobody watches without signing in', async () => {
  const stranger = createClient(MeetingService, connectTransport(suite));
  const first = async () => {
    for await (const message of stranger.watchMeeting({ name })) return message;
  };
  await assert.rejects(first, ({ code }) => code === Code.Unauthenticated);
});
