// Meetings that tests hold.

import { setTimeout as pause } from 'node:timers/promises';
import { once } from './world.mjs';

// A convened meeting that begins in ten minutes, by a charter that asks for no notice.
export async function meetingNow(suite, street) {
  const { alliance } = suite.demo;
  const charter = await street.call('alliance.v1.CharterService/GetCharter', { name: `${alliance}/charters/-` });
  const today = new Date(Date.now() + 8 * 3600e3).toISOString(); // in Asia/Shanghai
  const [year, month, day] = today.slice(0, 10).split('-').map(Number);
  await street.call('alliance.v1.CharterService/AdoptCharter', {
    parent: alliance,
    charter: {
      ...charter,
      effectiveDate: { year, month, day },
      decision: '试验',
      meeting: { ...charter.meeting, noticeDays: 0, topicDays: 0 },
    },
    baseVersion: charter.version,
    requestId: once(),
  });
  const start = Date.now() + 600e3;
  const { name } = await street.call('meeting.v1.MeetingService/CreateMeeting', {
    parent: alliance,
    meeting: {
      title: '试验会议',
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 3600e3).toISOString(),
      agendaItems: [{ title: '通报' }, { title: '夜间停车', kind: 'ITEM_KIND_ORDINARY' }],
    },
    requestId: once(),
  });
  // Until the charter has arrived.
  for (let tries = 0; ; ++tries) {
    try {
      return await street.call('meeting.v1.MeetingService/ConveneMeeting', { name });
    } catch (error) {
      if (error.reason !== 'NOTICE_TOO_LATE' || tries > 50) throw error;
      await pause(200);
    }
  }
}
