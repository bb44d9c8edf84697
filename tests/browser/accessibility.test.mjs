// Every page for each kind of person, on a phone and on a desk, as it stands and dark
// in the elder look: axe finds nothing, nothing is cut off, no script fails.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DESK,
  PHONE,
  accessibilityFaults,
  clippedText,
  launch,
  look,
  lookFaults,
  openAs,
  picture,
  settle,
} from '../lib/browser.mjs';
import { Suite } from '../lib/suite.mjs';

// `{member}` and the like stand for one that there is.
const PAGES = {
  staff1: ['workbench', 'overview', 'parking', 'canteen', 'canteen/menus', 'venues', 'services', 'lottery', 'mine', 'mine/passes', 'passes/new', 'mine/settings', 'meetings', 'meetings/{meeting}', 'members', 'members/{member}', 'charter', 'charter/1', 'rotation', 'rotation/pool', 'rotation/swaps', 'rotation/units/{member}'],
  liaison1: ['workbench', 'rotation/mine', 'rotation/swap', 'rotation/units/{own}', 'facilities', 'facilities/new', 'facilities/{facility}', 'facilities/{canteen}/menus', 'reception', 'meetings', 'meetings/{meeting}', 'members/{own}'],
  street: ['workbench', 'rotation', 'rotation/plan', 'rotation/units/{member}', 'overview', 'members', 'members/{member}', 'members/{member}/edit', 'members/new', 'members/import', 'members/applications', 'charter', 'charter/2', 'charter/adopt', 'facilities', 'facilities/{facility}', 'facilities/{facility}/edit', 'facilities/{facility}/windows/new', 'group?facility={facility}', 'passes', 'passes/{pass}', 'meetings', 'meetings/{meeting}', 'meetings/new'],
  sysadmin: ['workbench', 'mine/settings', 'users', 'users/new', 'users/{user}', 'users/{auditor}', 'alliances', 'alliances/new', 'systems', 'systems/new', 'systems/{system}'],
  secadmin: ['workbench', 'users', 'users/{user}', 'systems', 'systems/{system}'],
  audit: ['workbench', 'journal', 'journal/alliance/1'],
};

let suite;
let browser;
let ids;
before(async () => {
  suite = await Suite.start('accessibility');
  ids = await findIds();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await suite?.end();
});

async function findIds() {
  const [street, system] = await Promise.all([suite.as('street'), suite.as('sysadmin')]);
  const last = ({ name }) => name.split('/').at(-1);
  const list = async (caller, method, more = {}) =>
    Object.values(await caller.call(method, more)).find(Array.isArray);
  const inDemo = (method, more) => list(street, method, { parent: suite.demo.alliance, ...more });
  const users = (role) => list(system, 'alliance.v1.UserService/ListUsers', { role });
  return {
    member: last((await inDemo('alliance.v1.MemberService/ListMembers', { state: 'STATE_ACTIVE' }))[0]),
    own: suite.account('liaison1').member.split('/').at(-1),
    facility: last((await inDemo('resource.v1.FacilityService/ListFacilities'))[0]),
    pass: last((await inDemo('resource.v1.BookingService/ListPasses'))[0]),
    canteen: last((await inDemo('resource.v1.FacilityService/ListFacilities', { kind: 'FACILITY_KIND_CANTEEN' }))[0]),
    meeting: last((await inDemo('meeting.v1.MeetingService/ListMeetings', { state: 'STATE_CONVENED' }))[0]),
    user: last((await users('ROLE_LIAISON'))[0]),
    auditor: last((await users('ROLE_AUDIT_ADMIN'))[0]),
    system: last((await list(system, 'alliance.v1.UserService/ListServiceAccounts'))[0]),
  };
}

// What is wrong with a page: as it stands, then dark and in the elder look, where
// colours come from the one and sizes from the other.
async function faultsOf(page, path, name) {
  await page.goto(`/${path.replace(/\{(\w+)\}/g, (_, kind) => ids[kind])}`);
  await settle(page);
  await picture(page, name);
  const faults = [...(await accessibilityFaults(page)), ...(await clippedText(page))];
  await look(page, { dark: true, elder: true });
  await picture(page, `${name}-dark-elder`);
  const other = [...(await lookFaults(page)), ...(await clippedText(page))];
  await look(page, { dark: false, elder: false });
  return [...faults, ...other.map((fault) => `dark, elder: ${fault}`)];
}

async function sweep(login, viewport, title, paths) {
  const page = await openAs(browser, suite, login, viewport);
  const faults = [];
  for (const path of paths) {
    faults.push(...(await faultsOf(page, path, `${title}-${login ?? 'nobody'}-${path.replaceAll('/', '-')}`)));
  }
  assert.deepEqual([...faults, ...page.problems], []);
  await page.context().close();
}

describe('accessibility', { concurrency: 4 }, () => {
  for (const [title, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    test(`without an account, ${title}`, () => {
      const alliance = suite.demo.alliance.split('/')[1];
      return sweep(undefined, viewport, title, ['sign-in', 'apply', `apply/${alliance}`, 'apply/status']);
    });
    for (const [login, paths] of Object.entries(PAGES)) {
      test(`${login}, ${title}: ${paths.join(', ')}`, () => sweep(login, viewport, title, paths));
    }
  }
});
