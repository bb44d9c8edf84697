// A meeting in session, watched by two units and the street over Connect and native gRPC.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MeetingService } from '../gen/jinhuan/meeting/v1/meeting_service_pb.js';
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

// What comes down until `enough` says so, at most for 30 s.
async function watch(transport, enough) {
  const told = [];
  const client = createClient(MeetingService, transport);
  for await (const message of client.watchMeeting({ name }, { signal: AbortSignal.timeout(30e3) })) {
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

test('nobody watches without signing in', async () => {
  const stranger = createClient(MeetingService, connectTransport(suite));
  const first = async () => {
    for await (const message of stranger.watchMeeting({ name })) return message;
  };
  await assert.rejects(first, ({ code }) => code === Code.Unauthenticated);
});
