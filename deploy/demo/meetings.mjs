// The demo's meeting templates, and topics before and after their review.

import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(new URL('meetings.json', import.meta.url), 'utf8'));
const MEETINGS = 'meeting.v1.MeetingService';
const TOPICS = 'meeting.v1.TopicService';

// `people` are callers by login. Makes only what is not there yet, by name and title.
export async function loadMeetings(alliance, street, people) {
  const templates = await street.list(`${MEETINGS}/ListMeetingTemplates`, 'meetingTemplates', { parent: alliance });
  for (const template of demo.templates) {
    if (templates.some(({ displayName }) => displayName === template.display_name)) continue;
    await street.call(`${MEETINGS}/CreateMeetingTemplate`, { parent: alliance, meetingTemplate: template });
  }
  const topics = await street.list(`${TOPICS}/ListTopics`, 'topics', { parent: alliance });
  for (const plan of demo.topics) {
    const topic = topics.find(({ title }) => title === plan.title);
    await discuss(alliance, street, people, plan, topic);
  }
}

// An endorsement again changes nothing.
async function discuss(alliance, street, people, plan, there) {
  const { by, endorsed_by: endorsers = [], decision, reason, ...topic } = plan;
  const { name, state } =
    there ?? (await people.get(by).call(`${TOPICS}/SubmitTopic`, { parent: alliance, topic }));
  if (state !== 'STATE_SUBMITTED') return;
  for (const login of endorsers) await people.get(login).call(`${TOPICS}/EndorseTopic`, { name });
  if (decision) await street.call(`${TOPICS}/ReviewTopic`, { name, decision, reason });
}
