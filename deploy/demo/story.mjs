// What the demo's alliance has behind it: a meeting of the standing council that is held while
// the demo is loaded, what was voted on, its minutes, and what became of it. The API takes nothing
// that is said to have happened earlier, so everything here happens as it is told. Makes only
// what is not there yet.

import { readFileSync } from 'node:fs';
import { inParallel } from './api.mjs';

const story = JSON.parse(readFileSync(new URL('story.json', import.meta.url), 'utf8'));
const CHARTER = 'alliance.v1.CharterService';
const MEETING = 'meeting.v1.MeetingService';
const BALLOT = 'meeting.v1.BallotService';
const PROJECT = 'meeting.v1.ProjectService';
const REQUEST = 'meeting.v1.RequestService';
const WIDTH = 8; // calls at once
const MINUTE = 60e3;
const DAY = 24 * 60 * MINUTE;

// The accounts that the story needs beside `accounts`: a liaison of each unit of the standing
// council that has none, and `chair` for the unit that holds the chair now.
export async function storyAccounts(alliance, street, accounts) {
  const members = await street.list('alliance.v1.MemberService/ListMembers', 'members', { parent: alliance });
  const standing = members.filter(({ tier }) => tier === 'TIER_STANDING');
  const { member: chair } = await street.call('alliance.v1.RotationService/GetActingChair', {
    parent: alliance,
  });
  const served = new Set(accounts.filter(({ role }) => role === 'LIAISON').map(({ unit }) => unit));
  const ofCouncil = standing
    .filter(({ displayName, name }) => name !== chair && !served.has(displayName))
    .map(({ displayName }, i) => account(`council${i + 1}`, displayName, { unlisted: true }));
  return [account('chair', members.find(({ name }) => name === chair).displayName), ...ofCouncil];
}

const account = (login, unit, more) => ({ login, title: '党建联络员', role: 'LIAISON', unit, ...more });

// `people` are callers by login, `accounts` all liaisons and staff, `members` names by title.
export async function tellStory({ alliance, street, people, accounts, members, localDate }) {
  const liaisons = new Map(
    accounts.filter(({ role }) => role === 'LIAISON').map(({ login, unit }) => [unit, people.get(login)]),
  );
  const told = { alliance, street, chair: people.get('chair'), people, liaisons, members, localDate };
  const meeting = await holdCouncil(told);
  await publishMinutes(told, meeting);
  await inParallel(WIDTH, story.projects, (plan) => carryOut(told, meeting, plan));
  await inParallel(WIDTH, story.requests, (plan) => handle(told, plan));
}

// ---- the meeting

async function holdCouncil(told) {
  const { alliance, street } = told;
  const all = await street.list(`${MEETING}/ListMeetings`, 'meetings', { parent: alliance });
  let meeting = all.find((one) => one.title === story.meeting.title && canBeHeld(one));
  if (meeting?.state !== 'STATE_CLOSED') {
    // A charter asks for days of notice: one that asks for none is in force as long as it takes.
    await adopt(told, story.charters.short, () => 0);
    meeting = await convened(told, meeting ?? (await draft(told)));
    await takeSeats(told, meeting.name);
    await decide(told, meeting.name);
    await told.chair.call(`${MEETING}/CloseMeeting`, { name: meeting.name });
  }
  await adopt(told, story.charters.usual, (first) => first.meeting.noticeDays);
  return meeting.name;
}

// Or was: an interrupted load may have left one behind whose time is over.
function canBeHeld({ state, startTime, endTime }) {
  const until = { STATE_DRAFT: startTime, STATE_CONVENED: endTime }[state];
  return until === undefined || Date.parse(until) > Date.now();
}

async function adopt({ alliance, street, localDate }, decision, noticeDays) {
  const { charters } = await street.call(`${CHARTER}/ListCharters`, { parent: alliance });
  const byVersion = charters.sort((a, b) => a.version - b.version);
  const last = byVersion.at(-1);
  const days = noticeDays(byVersion[0]);
  if ((last.meeting.noticeDays ?? 0) === days) return;
  const [year, month, day] = localDate(Date.now());
  const meeting = { ...last.meeting, noticeDays: days };
  await street.call(`${CHARTER}/AdoptCharter`, {
    parent: alliance,
    charter: { ...last, decision, summary: decision, meeting, effectiveDate: { year, month, day } },
    baseVersion: last.version,
  });
}

function draft({ alliance, chair }) {
  const start = Date.now() + 3 * MINUTE; // delegates come up to two hours before
  return chair.call(`${MEETING}/CreateMeeting`, {
    parent: alliance,
    meeting: {
      ...story.meeting,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 2 * 3600e3).toISOString(),
    },
  });
}

// Until the charter has arrived where meetings are convened.
async function convened({ chair }, meeting, until = Date.now() + MINUTE) {
  if (meeting.state !== 'STATE_DRAFT') return meeting;
  try {
    return await chair.call(`${MEETING}/ConveneMeeting`, { name: meeting.name });
  } catch (error) {
    if (error.reason !== 'NOTICE_TOO_LATE' || Date.now() > until) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return convened({ chair }, meeting, until);
  }
}

// Each unit answers while it may, and comes, but for one that is on leave; it is not the one that
// chairs.
async function takeSeats({ chair, liaisons, members }, name) {
  const invitations = await chair.list(`${MEETING}/ListInvitations`, 'invitations', { parent: name });
  const invited = new Set(invitations.map(({ member }) => member));
  const { state, startTime } = await chair.call(`${MEETING}/GetMeeting`, { name });
  const asked = state === 'STATE_CONVENED' && Date.now() < Date.parse(startTime);
  const units = [...liaisons].filter(([unit]) => invited.has(members.get(unit)));
  const absent = story.absent.find((unit) => liaisons.get(unit) !== chair);
  await inParallel(WIDTH, units, async ([unit, liaison]) => {
    const leave = unit === absent;
    if (asked) {
      const answer = leave ? { answer: 'ANSWER_LEAVE', note: '与上级会议冲突' } : { answer: 'ANSWER_ATTEND' };
      await liaison.call(`${MEETING}/AnswerNotice`, { name, ...answer });
    }
    if (leave) return;
    await chair.call(`${MEETING}/CheckInDelegate`, { name, member: members.get(unit), delegateTitle: '党建联络员' });
  });
  if (state === 'STATE_CONVENED') await chair.call(`${MEETING}/OpenMeeting`, { name });
}

async function decide(told, meeting) {
  const { alliance, chair, members, localDate } = told;
  const ballots = await chair.list(`${BALLOT}/ListBallots`, 'ballots', { parent: meeting });
  for (const plan of story.ballots) {
    const there = ballots.find(({ question }) => question === plan.question);
    if (there?.state !== 'STATE_CLOSED') await vote(told, meeting, plan, there);
  }
  const resolutions = await chair.list(`${PROJECT}/ListResolutions`, 'resolutions', { parent: alliance, meeting });
  for (const plan of story.projects) {
    if (resolutions.some(({ title }) => title === plan.title)) continue;
    const [year, month, day] = localDate(Date.now() + plan.days * DAY);
    await chair.call(`${PROJECT}/RecordResolution`, {
      parent: alliance,
      resolution: {
        meeting,
        agendaItem: plan.agendaItem,
        title: plan.title,
        toCarryOut: true,
        leadMember: members.get(plan.lead),
        supportingMembers: plan.supporting.map((unit) => members.get(unit)),
        responsiblePerson: plan.person,
        dueDate: { year, month, day },
        standard: plan.standard,
      },
    });
  }
}

async function vote({ chair, liaisons, members }, meeting, { question, agendaItem, against }, there) {
  const { name } = there ?? (await chair.call(`${BALLOT}/OpenBallot`, { parent: meeting, ballot: { question, agendaItem } }));
  const electors = await chair.list(`${BALLOT}/ListElectors`, 'electors', { parent: name });
  const present = new Set(electors.filter((one) => one.present).map(({ member }) => member));
  const voters = [...liaisons].filter(([unit]) => present.has(members.get(unit)));
  await inParallel(WIDTH, voters, ([, liaison], i) =>
    liaison.call(`${BALLOT}/CastVote`, { name, choice: i < against ? 'CHOICE_AGAINST' : 'CHOICE_FOR' }),
  );
  await chair.call(`${BALLOT}/CloseBallot`, { name });
}

async function publishMinutes({ chair, localDate }, meeting) {
  const name = `${meeting}/minutes`;
  const minutes = await chair
    .call(`${MEETING}/GetMinutes`, { name })
    .catch((error) => {
      if (error.code !== 'not_found') throw error;
      return chair.call(`${MEETING}/DraftMinutes`, { name: meeting });
    });
  if (minutes.state !== 'STATE_DRAFT') return;
  const [year] = localDate(Date.now());
  const number = `〔${year}〕1号`;
  await chair.call(`${MEETING}/UpdateMinutes`, { minutes: { name, number }, updateMask: 'number' });
  await chair.call(`${MEETING}/PublishMinutes`, { name });
}

// ---- what became of it

// Closing the meeting made a project of each resolution.
async function carryOut({ alliance, street, chair, liaisons }, meeting, plan) {
  const resolutions = await chair.list(`${PROJECT}/ListResolutions`, 'resolutions', { parent: alliance, meeting });
  const name = resolutions.find(({ title }) => title === plan.title).project;
  const lead = liaisons.get(plan.lead);
  const project = await lead.call(`${PROJECT}/GetProject`, { name });
  if (project.milestones?.length) return; // from here on it is told in one go
  const milestones = plan.milestones.map((title, i) => ({ id: `m${i + 1}`, title }));
  await lead.call(`${PROJECT}/UpdateProject`, { project: { name, milestones }, updateMask: 'milestones' });
  for (const { id } of milestones.slice(0, plan.done)) {
    await lead.call(`${PROJECT}/CompleteMilestone`, { name, milestone: id });
  }
  for (const [i, text] of plan.reports.entries()) {
    const finished = Boolean(plan.accepted) && i === plan.reports.length - 1;
    await lead.call(`${PROJECT}/ReportProgress`, { name, report: { text, finished } });
  }
  if (plan.demand) {
    const notice = await street.call(`${PROJECT}/IssueSupervisionNotice`, { name, demand: plan.demand });
    await lead.call(`${PROJECT}/AnswerSupervisionNotice`, { name: notice.name, answer: plan.answer });
  }
  if (!plan.accepted) return;
  // Nobody judges its own work.
  const judge = lead === chair ? street : chair;
  await judge.call(`${PROJECT}/AcceptProject`, { name, note: plan.accepted });
  await street.call(`${PROJECT}/RateProject`, { name, rating: plan.rating });
}

async function handle({ alliance, street, people, liaisons, members }, { by, to, result, rating, ...request }) {
  const known = await people.get(by).list(`${REQUEST}/ListRequests`, 'requests', { parent: alliance });
  if (known.some(({ title }) => title === request.title)) return;
  const { name } = await people.get(by).call(`${REQUEST}/CreateRequest`, { parent: alliance, request });
  await street.call(`${REQUEST}/DispatchRequest`, { name, member: members.get(to) });
  await liaisons.get(to).call(`${REQUEST}/StartRequest`, { name });
  if (result) await liaisons.get(to).call(`${REQUEST}/ResolveRequest`, { name, result });
  if (rating) await people.get(by).call(`${REQUEST}/RateRequest`, { name, rating });
}
