// Units come and go: applications without an account, rosters good and broken, the
// life of a member.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Api } from '../../deploy/demo/api.mjs';
import { importRoster, newAlliance, person, roster } from '../lib/alliances.mjs';
import { eventually } from '../lib/door.mjs';
import { Suite } from '../lib/suite.mjs';
import { workbook, xlsx } from '../lib/xlsx.mjs';
import { once } from '../lib/world.mjs';

const MEMBERS = 'alliance.v1.MemberService';

let suite;
before(async () => {
  suite = await Suite.start('members');
});
after(() => suite?.end());

const list = (caller, parent, more = {}) => caller.call(`${MEMBERS}/ListMembers`, { parent, pageSize: 1000, ...more });
const change = (caller, verb, name, reason = '试验') =>
  caller.call(`${MEMBERS}/${verb}Member`, { name, reason, requestId: once() });

const APPLICANT = {
  displayName: '小满社区医院',
  sector: 'SECTOR_EDUCATION_HEALTH',
  liaisonTitle: '办公室主任',
  liaisonPhone: '13800139999',
};
const apply = (parent, more = {}) =>
  new Api(suite.http).call(`${MEMBERS}/ApplyMember`, { parent, member: APPLICANT, requestId: once(), ...more });

test('a unit applies without an account, asks how it stands, and is told', async () => {
  const { name, street } = await newAlliance(suite, 1);
  const filed = await apply(name, { member: { ...APPLICANT, tier: 'TIER_STANDING', state: 'STATE_ACTIVE' } });
  assert.equal(filed.state, 'STATE_APPLIED');
  assert.equal(filed.tier, 'TIER_ORDINARY');
  assert.equal(filed.liaisonPhone, '138****9999');
  assert.ok(filed.applicationReceipt);
  const ask = () => new Api(suite.http).call(`${MEMBERS}/GetApplication`, { receipt: filed.applicationReceipt });
  assert.equal((await ask()).state, 'STATE_APPLIED');
  await change(street, 'Reject', filed.name, '材料不全，请补充党组织信息');
  const answer = await ask();
  assert.equal(answer.state, 'STATE_REJECTED');
  assert.equal(answer.stateReason, '材料不全，请补充党组织信息');
  assert.equal((await street.call(`${MEMBERS}/GetMember`, { name: filed.name })).applicationReceipt, undefined);
});

test('what fills in the field that people do not see leaves nothing behind', async () => {
  const { name, street } = await newAlliance(suite, 1);
  const dropped = await apply(name, { website: 'https://example.com' });
  const kept = await apply(name);
  assert.deepEqual(Object.keys(dropped).sort(), Object.keys(kept).sort());
  const { members } = await list(street, name, { state: 'STATE_APPLIED' });
  assert.deepEqual(members.map((member) => member.name), [kept.name]);
});

test('the life of a member: each step with its reason, no step twice, none out of turn', async () => {
  const { name, street } = await newAlliance(suite, 1);
  const { name: unit } = await apply(name);
  await change(street, 'Approve', unit, '同意');
  await assert.rejects(change(street, 'Approve', unit), (error) => error.reason === 'STATE_WRONG');
  await change(street, 'Suspend', unit, '停业');
  await change(street, 'Reinstate', unit, '复业');
  await assert.rejects(change(street, 'Suspend', unit, ''), (error) => error.reason === 'FIELD_REQUIRED');
  await change(street, 'Withdraw', unit, '迁出');
  await assert.rejects(change(street, 'Reinstate', unit), (error) => error.reason === 'STATE_WRONG');
  const { history, state } = await street.call(`${MEMBERS}/GetMember`, { name: unit });
  assert.equal(state, 'STATE_WITHDRAWN');
  assert.deepEqual(
    history.map(({ toState }) => toState),
    ['STATE_APPLIED', 'STATE_ACTIVE', 'STATE_SUSPENDED', 'STATE_ACTIVE', 'STATE_WITHDRAWN'],
  );
  assert.deepEqual(history.slice(1).map(({ reason }) => reason), ['同意', '停业', '复业', '迁出']);
});

test('the liaison of a suspended unit may do nothing for it, and reads why', async () => {
  const { name, street, members: [unit, other] } = await newAlliance(suite, 2);
  const liaison = await person(suite, 'LIAISON', { alliance: name, member: unit.name });
  const staff = await person(suite, 'STAFF', { alliance: name, member: unit.name });
  await change(street, 'Suspend', unit.name, '停业整顿');
  const told = (caller) =>
    caller.call('meeting.v1.NoticeService/ListNotices', {}).then(({ notices = [] }) => notices.map(({ text }) => text));
  const notice = await eventually(async () => (await told(liaison)).find((text) => text.includes('停业整顿')));
  assert.match(notice, /暂停/);
  const { caller } = await liaison.call('alliance.v1.AuthService/GetSession', {});
  assert.equal(caller.grants, undefined);
  assert.deepEqual(caller.suspendedGrants.map(({ role, member }) => [role, member]), [['ROLE_LIAISON', unit.name]]);
  await assert.rejects(list(liaison, name), (error) => error.reason === 'ROLE_REQUIRED');
  // Not what the alliance is told meanwhile, nor what others are; staff hear nothing.
  await change(street, 'Suspend', other.name, '搬迁');
  await change(street, 'Reinstate', unit.name, '整改完成');
  await eventually(async () => (await told(liaison)).some((text) => text.includes('恢复')));
  assert.ok(!(await told(liaison)).some((text) => text.includes('搬迁')));
  assert.ok(!(await told(staff)).some((text) => text.includes('停业整顿')));
});

test('approved and rejected at once: one of the two', async () => {
  const { name, street } = await newAlliance(suite, 1);
  const { name: unit } = await apply(name);
  const outcomes = await Promise.allSettled([change(street, 'Approve', unit), change(street, 'Reject', unit)]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal(outcomes.find(({ reason }) => reason).reason.reason, 'STATE_WRONG');
});

test('a roster of 5,000 is checked and taken over in seconds, and found by initials', async () => {
  const { name, street } = await newAlliance(suite, 0);
  const content = roster(5000);
  const begin = Date.now();
  const checked = await importRoster(street, name, content, { validateOnly: true });
  assert.equal(checked.imported ?? false, false);
  assert.equal(checked.createdCount, 5000);
  assert.equal((await list(street, name)).totalSize ?? 0, 0);
  const between = Date.now();
  const taken = await importRoster(street, name, content);
  const end = Date.now();
  assert.equal(taken.imported, true);
  console.log(`5,000 rows: ${between - begin} ms to check, ${end - between} ms to take over`);
  assert.ok(end - between < 10_000);
  assert.equal((await list(street, name, { query: 'sydw042' })).totalSize ?? 0, 1);
});

test('GB18030 and XLSX are read as UTF-8 is', async () => {
  const rows = [
    ['单位名称', '行业', '联络员手机'],
    ['处暑印刷厂', '企业', '13800138001'],
  ];
  // 单位名称,行业\r\n白露,企业 in GB18030
  const gb = Buffer.from('b5a5cebbc3fbb3c62cd0d0d2b50d0ab0d7c2b62cc6f3d2b50d0a', 'hex');
  for (const [content, unit] of [
    [xlsx(rows), '处暑印刷厂'],
    [gb, '白露'],
  ]) {
    const { name, street } = await newAlliance(suite, 0);
    assert.equal((await importRoster(street, name, content)).createdCount, 1);
    assert.equal((await list(street, name)).members[0].displayName, unit);
  }
});

const head = '单位名称,统一社会信用代码,行业,联络员手机';
const good = '秋分商贸有限公司,91350100M000100Y43,企业,13800138000';
const BROKEN = {
  'a wrong credit code': [`${head}\n${good}\n寒露,91350100M000100Y4Z,企业,`, 'USCC_INVALID', 3],
  'a name twice': [`${head}\n${good}\n${good}`, 'MEMBER_DUPLICATE', 3],
  'a phone that is none': [`${head}\n${good}\n霜降,,企业,12345`, 'PHONE_INVALID', 3],
  'a formula': [xlsx([['单位名称', '行业'], [{ formula: 'HYPERLINK("https://example.com")' }, '企业']]), '公式|formula|FORMULA', 2],
  'an unknown sector': [`${head}\n霜降,,神仙,\n${good}`, 'FIELD_INVALID', 2],
};
for (const [what, [content, reason, row]] of Object.entries(BROKEN)) {
  test(`a roster with ${what}: the row is named, and nothing is taken`, async () => {
    const { name, street } = await newAlliance(suite, 0);
    const answer = await importRoster(street, name, content);
    assert.equal(answer.imported ?? false, false);
    assert.equal(answer.wrongCount, 1);
    assert.equal(answer.wrongRows[0].row, row);
    assert.match(JSON.stringify(answer.wrongRows[0].violations), new RegExp(reason), JSON.stringify(answer));
    assert.equal((await list(street, name)).totalSize ?? 0, 0);
  });
}

const UNREADABLE = {
  'neither encoding': [Buffer.concat([Buffer.from(`${head}\n`), Buffer.from([0xff, 0xff, 0xff])]), /ENCODING/],
  'a column too few': ['行业,地址\n企业,路', /IMPORT_HEADER_INVALID/],
  'a bomb of 100 MiB': [workbook(`<sheetData>${' '.repeat(100 << 20)}</sheetData>`), /TOO_LARGE/],
  'no table': [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /DAMAGED|NOT_A_TABLE/],
};
for (const [what, [content, reason]] of Object.entries(UNREADABLE)) {
  test(`a file with ${what}: refused with its reason, and nothing is taken`, async () => {
    const { name, street } = await newAlliance(suite, 0);
    const before = process.hrtime.bigint();
    await assert.rejects(importRoster(street, name, content), (error) => {
      assert.match(error.reason ?? '', reason);
      return true;
    });
    assert.ok(process.hrtime.bigint() - before < 2_000_000_000n);
    assert.equal((await list(street, name)).totalSize ?? 0, 0);
  });
}

test('the export has what the filters find, and is read back by the import', async () => {
  const { name, street } = await newAlliance(suite, 3);
  const file = await street.call(`${MEMBERS}/ExportMembers`, { parent: name, sector: 'SECTOR_COMPANY' });
  assert.match(file.filename, /\.xlsx$/);
  const answer = await importRoster(street, name, Buffer.from(file.content, 'base64'), {
    existing: 'IMPORT_EXISTING_UPDATE',
    validateOnly: true,
  });
  assert.equal(answer.rowCount, 1);
  assert.equal(answer.unchangedCount, 1);
});
