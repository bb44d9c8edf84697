#!/usr/bin/env node
// Loads the demo alliance of alliance.json and roster.csv, through the public API
// alone. Every step makes only what is not there yet, so a load that was interrupted
// can be run again, also days later, when the server has forgotten request ids. With
// --story also what the alliance has behind it. At last writes who can sign in to --out.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Api, inParallel } from './api.mjs';
import { loadExchange } from './exchange.mjs';
import { loadLottery } from './lottery.mjs';
import { loadMenus } from './meals.mjs';
import { loadMeetings } from './meetings.mjs';
import { loadProcedures } from './procedures.mjs';
import { loadRequests } from './requests.mjs';
import { storyAccounts, tellStory } from './story.mjs';

const { values: options } = parseArgs({
  options: {
    http: { type: 'string', default: 'http://localhost:8080' },
    grpc: { type: 'string', default: 'localhost:9090' },
    administrators: { type: 'string' },
    out: { type: 'string' },
    story: { type: 'boolean', default: false },
  },
});
const file = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const demo = JSON.parse(file('alliance.json'));
const roster = readFileSync(new URL('roster.csv', import.meta.url));
const administrators = readAdministrators(options.administrators);
const alliance = `alliances/${demo.alliance.id}`;
const WIDTH = 8; // calls at once
const HOUR = 3600e3;
const DAY = 24 * HOUR;

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
  await unless('ALREADY_EXISTS', system.call('alliance.v1.AllianceService/CreateAlliance', {
    allianceId: id,
    alliance: fields,
  }));
}

// The answer; undefined where the write is refused for this reason, because it was
// done before.
async function unless(reason, write) {
  try {
    return await write;
  } catch (error) {
    if (error.reason === reason) return undefined;
    throw error;
  }
}

// What a list has of `parent`, by the value of `key`.
async function existing(caller, method, field, key, parent) {
  const items = await caller.list(method, field, { parent });
  return new Map(items.map((item) => [item[key], item]));
}

async function createAccount(system, users, { login, title }) {
  const user = users.get(login) ?? await system.call('alliance.v1.UserService/CreateUser', {
    user: { login, displayName: title },
    password: demo.password,
  });
  return user.name;
}

// Granting what is held changes nothing.
async function grant(security, user, role, member) {
  await security.call('alliance.v1.UserService/GrantRole', {
    name: user,
    grant: { role: `ROLE_${role}`, alliance, member },
  });
}

// The members' names by display name. The roster is of those that belong; applicants
// stay what they are, for the street to decide on.
async function admitMembers(street) {
  const service = 'alliance.v1.MemberService';
  const { imported, wrongRows } = await street.call(`${service}/ImportMembers`, {
    parent: alliance,
    content: roster.toString('base64'),
    existing: 'IMPORT_EXISTING_UPDATE',
  });
  if (!imported) throw new Error(`the roster was refused: ${JSON.stringify(wrongRows)}`);
  const filed = await existing(street, `${service}/ListMembers`, 'members', 'displayName', alliance);
  const applicants = demo.applicants.filter(({ display_name }) => !filed.has(display_name));
  await inParallel(WIDTH, applicants, (member) => street.call(`${service}/ApplyMember`, { parent: alliance, member }));
  return new Map([...filed].map(([displayName, { name }]) => [displayName, name]));
}

// The charter's second version, and the terms that it gives: from the quarter under
// way on, so that somebody holds the chair.
async function planRotation(street) {
  const { charters } = await street.call('alliance.v1.CharterService/ListCharters', { parent: alliance });
  if (charters.length === 1) {
    const { rotation, ...changes } = demo.charter;
    const [year, month, day] = localDate(Date.now());
    await street.call('alliance.v1.CharterService/AdoptCharter', {
      parent: alliance,
      charter: {
        ...charters[0],
        ...changes,
        rotation: { ...charters[0].rotation, ...rotation },
        effectiveDate: { year, month, day },
      },
      baseVersion: 1,
    });
  }
  const service = 'alliance.v1.RotationService';
  const { chairTerms } = await street.call(`${service}/ListChairTerms`, { parent: alliance, pageSize: 1 });
  if (chairTerms?.length > 0) return;
  const [year, month] = localDate(Date.now());
  const { etag } = await street.call(`${service}/PlanRotation`, {
    parent: alliance,
    termCount: demo.terms,
    firstDate: { year, month: month - ((month - 1) % demo.charter.rotation.termMonths), day: 1 },
  });
  await street.call(`${service}/PublishRotation`, { parent: alliance, planEtag: etag, reason: demo.charter.decision });
}

// The answer of a write that names a member: the service hears of members a moment after
// they joined.
async function onceKnown(write, tries = 100) {
  try {
    return await write();
  } catch (error) {
    if (error.reason !== 'RESOURCE_NOT_FOUND' || tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return onceKnown(write, tries - 1);
  }
}

// One after the other: facilities and windows are listed in the order in which they
// were lent.
async function lendFacilities(street, members) {
  const service = 'resource.v1.FacilityService';
  const lent = await existing(street, `${service}/ListFacilities`, 'facilities', 'displayName', alliance);
  const [year, month, day] = localDate(Date.now() - DAY);
  for (const { windows, owner, ...fields } of demo.facilities) {
    const facility = lent.get(fields.display_name) ?? await onceKnown(() => street.call(`${service}/CreateFacility`, {
      parent: alliance,
      facility: { ...fields, owner: members.get(owner) },
    }));
    const open = await existing(street, `${service}/ListWindows`, 'windows', 'displayName', facility.name);
    for (const window of windows.filter((window) => !open.has(window.display_name))) {
      await street.call(`${service}/CreateWindow`, {
        parent: facility.name,
        window: { ...window, startDate: { year, month, day } },
      });
    }
  }
}

// The calendar day of an instant where the demo is.
function localDate(time) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: demo.alliance.time_zone });
  return format.format(time).split('-').map(Number);
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
      const first = (turn * 5 + day * 3 + i * 7) % free.length;
      const what = kind === 'PARKING' ? { plate: plates[day % plates.length] } : { quantity: portions };
      const slots = [...free.slice(first), ...free.slice(0, first)];
      await bookOne(person, slots, what, `demo-booking-${login}-${day}-${i}`);
    }
  }
}

// Books the first of the slots that is still open: one that could be booked may have
// closed a moment later. That another was faster, or that what was booked just before
// uses up a quota, is how it should be. With a request id, because nothing else tells
// a booking that was made by an interrupted load on the same day.
async function bookOne(person, slots, what, requestId) {
  for (const { window, startTime, endTime } of slots) {
    try {
      await person.call('resource.v1.BookingService/CreateBooking', {
        parent: alliance,
        booking: { window, startTime, endTime, ...what },
        requestId,
      });
      return;
    } catch (error) {
      if (['TOO_LATE', 'WINDOW_CLOSED'].includes(error.reason)) continue;
      if (['QUOTA_USED_UP', 'MEAL_TAKEN', 'SLOT_FULL', 'REQUEST_ID_REUSED'].includes(error.reason)) return;
      throw error;
    }
  }
}

// A pass for the next 30 nights, unless the person has one.
async function takePass(person, { login, plates, pass }) {
  if (!pass) return;
  const passes = await person.list(`resource.v1.BookingService/ListPasses`, 'passes', { parent: alliance, mine: true });
  if (passes.length > 0) return;
  const service = 'resource.v1.FacilityService';
  const facilities = await existing(person, `${service}/ListFacilities`, 'facilities', 'displayName', alliance);
  const parent = facilities.get(pass.facility).name;
  const windows = await existing(person, `${service}/ListWindows`, 'windows', 'displayName', parent);
  const [startDate, endDate] = [1, 30].map((days) => {
    const [year, month, day] = localDate(Date.now() + days * DAY);
    return { year, month, day };
  });
  await person.call('resource.v1.BookingService/CreatePass', {
    parent: alliance,
    pass: { windows: [windows.get(pass.window).name], plate: plates[0], startDate, endDate },
    requestId: `demo-pass-${login}`,
  });
}

// Two at a time: a password takes a core for a while.
const createAccounts = (accounts) => inParallel(2, accounts, (account) => createAccount(system, users, account));

const grantUnits = (accounts, names) =>
  inParallel(WIDTH, accounts, ({ role, unit }, i) => grant(security, names[i], role, members.get(unit)));

// Callers by login.
const signInAll = async (accounts) =>
  new Map(await inParallel(2, accounts, async (account) => [account.login, await signIn(account)]));

// The story, and the accounts that it needs.
async function tellAll() {
  const more = await storyAccounts(alliance, street, unitAccounts);
  await grantUnits(more, await createAccounts(more));
  const people = new Map([...byLogin, ...(await signInAll(more))]);
  await tellStory({ alliance, street, people, accounts: [...unitAccounts, ...more], members, localDate });
  return more;
}

async function holdMeetings(street, people) {
  const all = await street.list('meeting.v1.MeetingService/ListMeetings', 'meetings', { parent: alliance });
  const ahead = all.filter(({ startTime }) => Date.parse(startTime) > Date.now());
  for (const { answers, ...plan } of demo.meetings) {
    const meeting = ahead.find(({ title }) => title === plan.title) ?? await draftMeeting(street, plan);
    if (answers) await convene(street, meeting, answers, people);
  }
}

async function draftMeeting(street, { title, location, days_ahead, hour, hours, agenda_items }) {
  const [year, month, day] = localDate(Date.now() + days_ahead * DAY);
  const start = Date.UTC(year, month - 1, day, hour - 8); // Asia/Shanghai is UTC+8
  return street.call('meeting.v1.MeetingService/CreateMeeting', {
    parent: alliance,
    meeting: {
      title,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + hours * HOUR).toISOString(),
      location,
      agendaItems: agenda_items,
    },
  });
}

// The same answer again changes nothing.
async function convene(street, { name, state }, answers, people) {
  if (state === 'STATE_DRAFT') await street.call('meeting.v1.MeetingService/ConveneMeeting', { name });
  for (const { login, answer, note } of answers) {
    await people.get(login).call('meeting.v1.MeetingService/AnswerNotice', { name, answer, note });
  }
}

// The secret is in this answer alone: when an interrupted run has lost it, the next
// one makes another account.
async function createSystem(system, security) {
  const { serviceAccount, clientSecret } = await system.call('alliance.v1.UserService/CreateServiceAccount', {
    serviceAccount: { ...demo.system, alliance },
  });
  // All that a system may: the security administrator confirms it.
  await security.call('alliance.v1.UserService/SetServiceAccountScopes', { name: serviceAccount.name, scopes: [] });
  return { login: serviceAccount.clientId, password: clientSecret };
}

const byRole = new Map(administrators.map((account) => [account.role, account]));
const [system, security] = await Promise.all(
  ['SYSTEM_ADMIN', 'SECURITY_ADMIN'].map((role) => signIn(byRole.get(role))),
);
await createAlliance(system);

const users = await existing(system, 'alliance.v1.UserService/ListUsers', 'users', 'login');

const [streetAccount, ...unitAccounts] = demo.accounts;
await grant(security, await createAccount(system, users, streetAccount), streetAccount.role);
const street = await signIn(streetAccount);
const [members, names] = await Promise.all([admitMembers(street), createAccounts(unitAccounts)]);
await grantUnits(unitAccounts, names);
const [byLogin] = await Promise.all([
  signInAll(unitAccounts),
  lendFacilities(street, members),
  planRotation(street),
]);
await inParallel(WIDTH, unitAccounts, async (account, turn) => {
  await bookWeek(byLogin.get(account.login), account, turn);
  await takePass(byLogin.get(account.login), account);
});
await holdMeetings(street, byLogin);
await loadMeetings(alliance, street, byLogin);
await loadExchange(alliance, byLogin, localDate);
await loadMenus(alliance, street, localDate);
const drivers = unitAccounts.slice(0, 8).map((account) => [account, byLogin.get(account.login)]);
await loadLottery(alliance, street, members.get(demo.facilities[0].owner), drivers, localDate);
await loadProcedures(alliance, street);
const [{ login: handler, unit: handlingUnit }] = unitAccounts;
await loadRequests(alliance, new Map([...byLogin, ['street', street]]), handler, members.get(handlingUnit));

const told = options.story ? await tellAll() : [];

const accounts = [
  ...[...demo.accounts, ...told].filter(({ unlisted }) => !unlisted).map(({ login, role, unit }) => ({
    login,
    password: demo.password,
    role,
    member: members.get(unit) ?? '',
  })),
  ...administrators.map(({ login, password, role }) => ({ login, password, role, member: '' })),
  { ...(await createSystem(system, security)), role: 'SYSTEM', member: '' },
];
const text = `${JSON.stringify({ http: options.http, grpc: options.grpc, alliance, accounts }, null, 2)}\n`;
writeFileSync(`${options.out}.new`, text, { mode: 0o600 });
renameSync(`${options.out}.new`, options.out);
