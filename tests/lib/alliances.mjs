// Alliances that tests make for themselves, from nothing.

import { once } from './world.mjs';

let serial = 0;

// Accounts that the tests make have this password, and it is not their first.
export const PASSWORD = 'jinhuan-test-2026';

// An account with one role, signed in.
export async function person(suite, role, { alliance = '', member = '' } = {}) {
  const [system, security] = await Promise.all([suite.as('SYSTEM_ADMIN'), suite.as('SECURITY_ADMIN')]);
  const login = `test-${role.toLowerCase().replaceAll('_', '-')}-${++serial}`;
  const user = await system.call('alliance.v1.UserService/CreateUser', {
    user: { login, displayName: `试验账号 ${serial}` },
    password: PASSWORD,
    requestId: once(),
  });
  await security.call('alliance.v1.UserService/GrantRole', {
    name: user.name,
    grant: { role: `ROLE_${role}`, alliance, member },
    requestId: once(),
  });
  const caller = await suite.signIn(login, PASSWORD);
  return Object.assign(caller, { user: user.name, login });
}

// An alliance of its own with `units` members of the standing tier, who joined long
// ago, as a roster gives them; and its street administrator.
export async function newAlliance(suite, units, more = {}) {
  const system = await suite.as('SYSTEM_ADMIN');
  const id = `test-${++serial}`;
  const { name } = await system.call('alliance.v1.AllianceService/CreateAlliance', {
    allianceId: id,
    alliance: { displayName: `试验联盟 ${serial}`, timeZone: 'Asia/Shanghai' },
    requestId: once(),
  });
  const street = await person(suite, 'STREET_ADMIN', { alliance: name });
  if (units > 0) await importRoster(street, name, roster(units, more));
  const { members = [] } = await street.call('alliance.v1.MemberService/ListMembers', { parent: name, pageSize: 1000 });
  return { name, street, members };
}

const SECTORS = ['企业', '金融机构', '社会组织', '机关事业', '教育卫生'];

// A roster as CSV. Units are called 试验单位 001, 002 …
export function roster(units, { tier = '常务理事', joined = '2024-01-01' } = {}) {
  const rows = Array.from({ length: units }, (_, i) => {
    const number = String(i + 1).padStart(3, '0');
    return `试验单位 ${number},${SECTORS[i % SECTORS.length]},${tier},${joined},党建专员,1380000${String(i).padStart(4, '0')}`;
  });
  return ['单位名称,行业,层级,加入日期,联络员职务,联络员手机', ...rows].join('\r\n');
}

export function importRoster(caller, parent, content, more = {}) {
  return caller.call('alliance.v1.MemberService/ImportMembers', {
    parent,
    content: Buffer.from(content).toString('base64'),
    requestId: once(),
    ...more,
  });
}
