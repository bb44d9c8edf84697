// The record of an alliance as the API lists it, in the shape that recount() takes.

import { dayFrom } from './recount.mjs';

const REQUEST = 'meeting.v1.RequestService';
const PROJECT = 'meeting.v1.ProjectService';
const MEETING = 'meeting.v1.MeetingService';
const EXCHANGE = 'resource.v1.ExchangeService';
const ms = (time) => (time === undefined ? undefined : Date.parse(time));
const short = (value, prefix) => (value ?? `${prefix}UNSPECIFIED`).replace(prefix, '');
// What was stopped counts nowhere.
const goesOn = ({ state }) => state !== 'STATE_STOPPED';

export async function listedRecord(street, parent) {
  const list = (method, field, more = {}) => street.list(method, field, { parent, ...more });
  const [requests, projects, notices, topics, resolutions, meetings, needs, matches] = await Promise.all([
    list(`${REQUEST}/ListRequests`, 'requests', { view: 'REQUEST_VIEW_ALLIANCE' }),
    list(`${PROJECT}/ListProjects`, 'projects'),
    list(`${PROJECT}/ListSupervisionNotices`, 'supervisionNotices'),
    list('meeting.v1.TopicService/ListTopics', 'topics'),
    list(`${PROJECT}/ListResolutions`, 'resolutions'),
    list(`${MEETING}/ListMeetings`, 'meetings', { state: 'STATE_CLOSED' }),
    list(`${EXCHANGE}/ListNeeds`, 'needs'),
    list(`${EXCHANGE}/ListMatches`, 'matches'),
  ]);
  const leads = new Map(projects.map(({ name, leadMember }) => [name, leadMember]));
  const starts = new Map(meetings.map(({ name, startTime }) => [name, ms(startTime)]));
  const invitations = await Promise.all([...starts].map(([name, held]) => invitationsOf(street, name, held)));
  return {
    requests: requests.map((one) => ({
      unit: one.member,
      category: short(one.category, 'REQUEST_CATEGORY_'),
      type: short(one.type, 'REQUEST_TYPE_'),
      received: ms(one.createTime),
      due: ms(one.dueTime),
      taken: one.state === 'STATE_IN_PROGRESS',
      resolved: ms(one.resolveTime),
      rating: one.rating,
      merged: one.state === 'STATE_MERGED',
    })),
    projects: projects.filter(goesOn).map((one) => ({
      unit: one.leadMember,
      dueDay: dayFrom(one.dueDate),
      ofResolution: Boolean(one.resolution),
      accepted: one.state === 'STATE_ACCEPTED',
      submitted: one.state === 'STATE_RUNNING' ? undefined : ms(one.submitTime),
      rating: one.rating,
    })),
    notices: notices.map((one) => ({
      unit: leads.get(one.name.split('/supervisionNotices/')[0]),
      issued: ms(one.issueTime),
      dueDay: dayFrom(one.answerDueDate),
      answered: ms(one.answerTime),
    })),
    topics: topics.map((one) => ({
      unit: one.member,
      submitted: ms(one.createTime),
      withdrawn: one.state === 'STATE_WITHDRAWN',
      reviewed: one.state !== 'STATE_SUBMITTED',
    })),
    resolutions: resolutions
      .filter((one) => starts.has(one.meeting) && goesOn(one))
      .map((one) => ({
        unit: one.leadMember,
        held: starts.get(one.meeting),
        toCarryOut: one.toCarryOut,
        carriedOut: one.state === 'STATE_CARRIED_OUT',
      })),
    invitations: invitations.flat(),
    needs: needs.map((one) => {
      const own = matches.filter(({ need }) => need === one.name);
      return {
        unit: one.member,
        published: one.createTime,
        withdrawn: one.state === 'LISTING_STATE_WITHDRAWN',
        met: own.some(({ state }) => state === 'STATE_COMPLETED'),
        agreed: own.map(({ agreeTime }) => agreeTime).filter(Boolean).sort()[0],
      };
    }),
  };
}

async function invitationsOf(street, name, held) {
  const [invitations, attendances] = await Promise.all([
    street.list(`${MEETING}/ListInvitations`, 'invitations', { parent: name }),
    street.list(`${MEETING}/ListAttendances`, 'attendances', { parent: name }),
  ]);
  const came = new Set(attendances.filter(({ observer }) => !observer).map(({ member }) => member));
  return invitations.map(({ member, answer }) => ({
    unit: member,
    held,
    answered: Boolean(answer),
    came: came.has(member),
  }));
}
