// Meetings that tests hold.

import { setTimeout as pause } from 'node:timers/promises';
import { adoptCharter, once } from './world.mjs';

const MEETING = 'meeting.v1.MeetingService';

// A convened meeting that begins in ten minutes, by a charter that asks for no notice and has
// `rules` besides; of all units, unless `body` says otherwise.
export async function meetingNow(
  suite,
  street,
  { alliance = suite.demo.alliance, rules = {}, body = 'MEETING_BODY_UNSPECIFIED' } = {},
) {
  await adoptCharter(street, alliance, ({ meeting }) => ({
    meeting: { ...meeting, noticeDays: 0, topicDays: 0, ...rules },
  }));
  const start = Date.now() + 600e3;
  const { name } = await street.call(`${MEETING}/CreateMeeting`, {
    parent: alliance,
    meeting: {
      title: '试验会议',
      body,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 3600e3).toISOString(),
      agendaItems: [{ title: '通报' }, { title: '夜间停车', kind: 'ITEM_KIND_ORDINARY' }],
    },
    requestId: once(),
  });
  // Until the charter has arrived.
  for (let tries = 0; ; ++tries) {
    try {
      return await street.call(`${MEETING}/ConveneMeeting`, { name });
    } catch (error) {
      if (error.reason !== 'NOTICE_TOO_LATE' || tries > 50) throw error;
      await pause(200);
    }
  }
}

// A meeting in session, where every unit that is due has been checked in; its name.
export async function meetingInSession(suite, street, more = {}) {
  const { name } = await meetingNow(suite, street, more);
  const invitations = await street.list(`${MEETING}/ListInvitations`, 'invitations', { parent: name });
  for (const { member } of invitations) {
    await street.call(`${MEETING}/CheckInDelegate`, { name, member, requestId: once() });
  }
  await street.call(`${MEETING}/OpenMeeting`, { name, requestId: once() });
  return name;
}
