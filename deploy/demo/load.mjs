#!/usr/bin/env node
// Loads the demo alliance of alliance.json and roster.csv, through the public API
// alone. Every write has a fixed request_id, so a load that was interrupted can be
// run again. At last writes who can sign in to --out.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Api, inParallel } from './api.mjs';

const { values: options } = parseArgs({
  options: {
    http: { type: 'string', default: 'http://localhost:8080' },
    grpc: { type: 'string', default: 'localhost:9090' },
    administrators: { type: 'string' },
    out: { type: 'string' },
  },
});
const file = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const demo = JSON.parse(file('alliance.json'));
const roster = parseCsv(file('roster.csv'));
const administrators = readAdministrators(options.administrators);
const alliance = `alliances/${demo.alliance.id}`;
const WIDTH = 8; // calls at once
const HOUR = 3600e3;
const DAY = 24 * HOUR;

// No field of the roster has a comma or a quote.
function parseCsv(text) {
  const [head, ...rows] = text.trim().split('\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((key, i) => [key, row[i]])));
}

function readAdministrators(path) {
  return readFileSync(path, 'utf8').trim().split('\n').map((line) => {
    const [login, password, role] = line.split(' ');
    return { login, password, role: role.replace('ROLE_', '') };
  });
}

const anyone = new Api(options.http);
const signIn = ({ login, password = demo.password }) => anyone.signIn(login, password);

async function createAlliance(system) {
  const { id, ...fields } = demo.alliance;
  await system.call('alliance.v1.AllianceService/CreateAlliance', {
    allianceId: id,
    alliance: fields,
    requestId: 'demo-alliance',
  });
}

async function createAccount(system, { login, title }) {
  const user = await system.call('alliance.v1.UserService/CreateUser', {
    user: { login, displayName: title },
    password: demo.password,
    requestId: `demo-user-${login}`,
  });
  return user.name;
}

async function grant(security, login, user, role, member) {
  await security.call('alliance.v1.UserService/GrantRole', {
    name: user,
    grant: { role: `ROLE_${role}`, alliance, member },
    requestId: `demo-grant-${login}`,
  });
}

// The members by display name. Those without a decision stay applicants, for the
// street to decide on.
async function admitMembers(street) {
  const members = new Map();
  await inParallel(WIDTH, roster, async ({ decision, ...fields }, index) => {
    const member = await street.call('alliance.v1.MemberService/ApplyMember', {
      parent: alliance,
      member: fields,
      requestId: `demo-apply-${index}`,
    });
    members.set(fields.display_name, member.name);
    if (!decision) return;
    await street.call('alliance.v1.MemberService/ApproveMember', {
      name: member.name,
      reason: decision,
      requestId: `demo-approve-${index}`,
    });
  });
  return members;
}

async function lendFacility(street, members, { windows, owner, ...fields }, index) {
  const facility = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: alliance,
    facility: { ...fields, owner: members.get(owner) },
    requestId: `demo-facility-${index}`,
  });
  const [year, month, day] = localDate(Date.now() - DAY);
  for (const [i, window] of windows.entries()) {
    await once(street.call('resource.v1.FacilityService/CreateWindow', {
      parent: facility.name,
      window: { ...window, startDate: { year, month, day } },
      requestId: `demo-window-${index}-${i}`,
    }));
  }
}

// The calendar day of an instant where the demo is.
function localDate(time) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: demo.alliance.time_zone });
  return format.format(time).split('-').map(Number);
}

// A write whose body depends on the day is not repeated by a later run: the first
// one stands.
async function once(write) {
  try {
    return await write;
  } catch (error) {
    if (error.reason === 'REQUEST_ID_REUSED') return undefined;
    throw error;
  }
}

// What a person books on the days ahead, among what the server says they could
// book: two places to park a day and a meal, a liaison one for several colleagues.
async function bookWeek(person, { login, plates, portions = 1 }, turn) {
  for (let day = 0; day < 6; ++day) {
    const start = Date.now() + day * DAY;
    const { facilities = [] } = await person.call('resource.v1.BookingService/SearchAvailability', {
      parent: alliance,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + DAY).toISOString(),
    });
    for (const [i, kind] of ['PARKING', 'PARKING', 'CANTEEN'].entries()) {
      const free = facilities
        .filter(({ facility }) => facility.kind === `FACILITY_KIND_${kind}`)
        .flatMap(({ slots = [] }) => slots.filter((slot) => slot.state === 'STATE_BOOKABLE'));
      if (free.length === 0) continue;
      const slot = free[(turn * 5 + day * 3 + i * 7) % free.length];
      const what = kind === 'PARKING' ? { plate: plates[day % plates.length] } : { quantity: portions };
      await book(person, slot, what, `demo-booking-${login}-${day}-${i}`);
    }
  }
}

// Another may have been faster, or a quota be used up by what was booked just
// before; that is how it should be.
async function book(person, { window, startTime, endTime }, what, requestId) {
  try {
    await once(person.call('resource.v1.BookingService/CreateBooking', {
      parent: alliance,
      booking: { window, startTime, endTime, ...what },
      requestId,
    }));
  } catch (error) {
    if (!['QUOTA_USED_UP', 'SLOT_FULL'].includes(error.reason)) throw error;
  }
}

async function draftMeeting(street, meeting, index) {
  const [year, month, day] = localDate(Date.now() + meeting.days_ahead * DAY);
  const start = Date.UTC(year, month - 1, day, meeting.hour - 8); // Asia/Shanghai is UTC+8
  return once(street.call('meeting.v1.MeetingService/CreateMeeting', {
    parent: alliance,
    meeting: {
      title: meeting.title,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + meeting.hours * HOUR).toISOString(),
      location: meeting.location,
      agendaItems: meeting.agenda_items,
    },
    requestId: `demo-meeting-${index}`,
  }));
}

async function convene(street, { name }, answers, people) {
  await street.call('meeting.v1.MeetingService/ConveneMeeting', {
    name,
    requestId: 'demo-convene',
  });
  for (const { login, answer, note } of answers) {
    await people.get(login).call('meeting.v1.MeetingService/AnswerNotice', {
      name,
      answer,
      note,
      requestId: `demo-answer-${login}`,
    });
  }
}

// The secret is in the first answer alone: when an interrupted run has lost it,
// the next one makes another account.
async function createSystem(system) {
  for (let attempt = 1; ; ++attempt) {
    const { serviceAccount, clientSecret } = await system.call(
      'alliance.v1.UserService/CreateServiceAccount',
      { serviceAccount: { ...demo.system, alliance }, requestId: `demo-system-${attempt}` },
    );
    if (clientSecret) return { login: serviceAccount.clientId, password: clientSecret };
  }
}

const byRole = new Map(administrators.map((account) => [account.role, account]));
const [system, security] = await Promise.all(
  ['SYSTEM_ADMIN', 'SECURITY_ADMIN'].map((role) => signIn(byRole.get(role))),
);
await createAlliance(system);

const [streetAccount, ...unitAccounts] = demo.accounts;
await grant(security, streetAccount.login, await createAccount(system, streetAccount), streetAccount.role);
const street = await signIn(streetAccount);
const [members, users] = await Promise.all([
  admitMembers(street),
  inParallel(2, unitAccounts, (account) => createAccount(system, account)),
]);
await inParallel(WIDTH, unitAccounts, ({ login, role, unit }, index) =>
  grant(security, login, users[index], role, members.get(unit)),
);
const [people] = await Promise.all([
  inParallel(2, unitAccounts, async (account) => [account.login, await signIn(account)]),
  // One after the other: facilities are listed in the order in which they were lent.
  demo.facilities.reduce(
    (before, facility, index) => before.then(() => lendFacility(street, members, facility, index)),
    Promise.resolve(),
  ),
]);
const byLogin = new Map(people);
await inParallel(WIDTH, unitAccounts, (account, turn) => bookWeek(byLogin.get(account.login), account, turn));
for (const [index, meeting] of demo.meetings.entries()) {
  const draft = await draftMeeting(street, meeting, index);
  if (draft && meeting.answers) await convene(street, draft, meeting.answers, byLogin);
}

const accounts = [
  ...demo.accounts.map(({ login, role, unit }) => ({
    login,
    password: demo.password,
    role,
    member: members.get(unit) ?? '',
  })),
  ...administrators.map(({ login, password, role }) => ({ login, password, role, member: '' })),
  { ...(await createSystem(system)), role: 'SYSTEM', member: '' },
];
const text = `${JSON.stringify({ http: options.http, grpc: options.grpc, alliance, accounts }, null, 2)}\n`;
writeFileSync(`${options.out}.new`, text, { mode: 0o600 });
renameSync(`${options.out}.new`, options.out);
