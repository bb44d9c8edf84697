// A meeting that tests can hold at once.

import assert from 'node:assert/strict';
import { DAY, once } from './world.mjs';

const MEETING = 'meeting.v1.MeetingService';
const reasonOf = (call) => call.then(() => 'OK', (error) => error.reason);

// A charter by which notice may go out on the day, so that a meeting can begin now.
async function withoutNotice(suite, street) {
  const parent = suite.demo.alliance;
  const charters = await street.list('alliance.v1.CharterService/ListCharters', 'charters', { parent });
  const { name, version, adoptTime, inForce, ...rules } = charters.find((one) => one.inForce);
  const [year, month, day] = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' })
    .format(new Date())
    .split('-')
    .map(Number);
  await street.call('alliance.v1.CharterService/AdoptCharter', {
    parent,
    charter: {
      ...rules,
      effectiveDate: { year, month, day },
      decision: '试验：会议通知当日发出',
      meeting: { ...rules.meeting, noticeDays: 0 },
    },
    baseVersion: Math.max(...charters.map((one) => one.version)),
    requestId: once(),
  });
}

// A meeting in session, where every unit that is due has been checked in; its name.
export async function meetingInSession(suite, street) {
  await withoutNotice(suite, street);
  const start = Date.now() + DAY / 24;
  const draft = await street.call(`${MEETING}/CreateMeeting`, {
    parent: suite.demo.alliance,
    meeting: {
      title: '试验：表决会议',
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + DAY / 12).toISOString(),
    },
    requestId: once(),
  });
  const { name } = draft;
  // The charter takes a moment to arrive.
  for (let i = 0; (await reasonOf(street.call(`${MEETING}/ConveneMeeting`, { name, requestId: once() }))) !== 'OK'; i++) {
    assert.ok(i < 50, 'the meeting was not convened');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const invitations = await street.list(`${MEETING}/ListInvitations`, 'invitations', { parent: name });
  for (const { member } of invitations) {
    await street.call(`${MEETING}/CheckInDelegate`, { name, member, requestId: once() });
  }
  await street.call(`${MEETING}/OpenMeeting`, { name, requestId: once() });
  return name;
}
