// The rotation as its users meet it: plan, publish, swap, withdraw, each also by two
// people at once.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { newAlliance, person } from '../lib/alliances.mjs';
import { Suite } from '../lib/suite.mjs';
import { all, once } from '../lib/world.mjs';

const ROTATION = 'alliance.v1.RotationService';

let suite;
before(async () => {
  suite = await Suite.start('rotation');
});
after(() => suite?.end());

const plan = ({ name, street }, more = {}) =>
  street.call(`${ROTATION}/PlanRotation`, { parent: name, termCount: 6, requestId: once(), ...more });
const publish = (caller, name, { etag }) =>
  caller.call(`${ROTATION}/PublishRotation`, { parent: name, planEtag: etag, reason: '试验', requestId: once() });
const terms = ({ name, street }) => all(street, `${ROTATION}/ListChairTerms`, 'chairTerms', { parent: name });
const rotation = ({ name, street }) => street.call(`${ROTATION}/GetRotation`, { name: `${name}/rotation` });

async function published(units = 8, more = {}) {
  const alliance = await newAlliance(suite, units);
  await publish(alliance.street, alliance.name, await plan(alliance, more));
  return { ...alliance, terms: await terms(alliance) };
}

// The first of the month that many months from now, in China.
function firstOfMonth(months) {
  const now = new Date(Date.now() + 8 * 3600e3);
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: 1 };
}

// The outcomes of calls that are made at once: answers and errors.
async function atOnce(...calls) {
  const outcomes = await Promise.allSettled(calls.map((call) => call()));
  return {
    answers: outcomes.filter(({ status }) => status === 'fulfilled').map(({ value }) => value),
    reasons: outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.reason ?? String(reason)),
  };
}

const assertOneLine = (lane) =>
  lane.forEach((term, i) => assert.ok(i === 0 || term.startTime === lane[i - 1].endTime, `a gap before ${term.name}`));

test('terms follow each other without gap, each with another chair, deputy and adviser', async () => {
  const { terms: lane } = await published();
  assert.equal(lane.length, 6);
  assertOneLine(lane);
  assert.equal(new Set(lane.map(({ member }) => member)).size, 6);
  for (const [i, term] of lane.entries()) {
    assert.equal(term.deputy ?? '', lane[i + 1]?.member ?? '');
    assert.equal(term.adviser ?? '', lane[i - 1]?.member ?? '');
  }
});

test('the seed is committed to before and revealed by the publication', async () => {
  const alliance = await newAlliance(suite, 4);
  const draft = await plan(alliance);
  const { seedCommitment } = await rotation(alliance);
  assert.match(seedCommitment, /^[0-9a-f]{64}$/);
  await publish(alliance.street, alliance.name, draft);
  const { revealedSeeds, seedCommitment: next } = await rotation(alliance);
  assert.equal(revealedSeeds[0].commitment, seedCommitment);
  const seed = Buffer.from(revealedSeeds[0].seed, 'hex');
  assert.equal(createHash('sha256').update(seed).digest('hex'), seedCommitment);
  assert.notEqual(next, seedCommitment);
  // No stub of a lottery: the first chair is the first of the draw.
  const place = (member) =>
    createHash('sha256').update(Buffer.concat([seed, Buffer.from([0]), Buffer.from(member)])).digest('hex').slice(0, 16);
  const drawn = alliance.members.map(({ name }) => name).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  assert.equal((await terms(alliance))[0].member, drawn[0]);
});

test('a validate_only plan and a what-if keep nothing', async () => {
  const alliance = await published();
  const unit = alliance.terms[3].member;
  const before = await rotation(alliance);
  const supposed = await plan(alliance, {
    validateOnly: true,
    suppositions: [{ event: 'EVENT_WITHDRAW', member: unit }],
  });
  assert.ok(!supposed.terms.some(({ member }) => member === unit));
  assert.ok(supposed.differences.some(({ publishedMember, reason }) => publishedMember === unit && reason));
  assert.deepEqual(await rotation(alliance), before);
  assert.deepEqual(await terms(alliance), alliance.terms);
});

test('planning again without a change changes nothing', async () => {
  const alliance = await published();
  const again = await plan(alliance);
  assert.deepEqual(again.differences ?? [], []);
  assert.deepEqual(
    again.terms.map(({ name, member }) => [name, member]),
    alliance.terms.map(({ name, member }) => [name, member]),
  );
});

test('two administrators publish at once: one plan, one winner', async () => {
  const alliance = await newAlliance(suite, 8);
  const other = await person(suite, 'STREET_ADMIN', { alliance: alliance.name });
  const draft = await plan(alliance);
  const { answers, reasons } = await atOnce(
    () => publish(alliance.street, alliance.name, draft),
    () => publish(other, alliance.name, draft),
  );
  assert.equal(answers.length, 1);
  assert.ok(['ETAG_STALE', 'ROTATION_DRAFT_MISSING'].includes(reasons[0]), reasons[0]);
  const lane = await terms(alliance);
  assert.deepEqual(lane.map(({ member }) => member), draft.terms.map(({ member }) => member));
  assert.equal((await rotation(alliance)).revealedSeeds.length, 1);
});

test('a unit withdraws while a plan is being published: it never chairs unnoticed', async () => {
  for (let round = 0; round < 5; ++round) {
    const alliance = await newAlliance(suite, 5);
    const draft = await plan(alliance, { termCount: 4 });
    const unit = draft.terms[2].member;
    const { answers, reasons } = await atOnce(
      () => publish(alliance.street, alliance.name, draft),
      () =>
        alliance.street.call('alliance.v1.MemberService/WithdrawMember', {
          name: unit,
          reason: '迁出',
          requestId: once(),
        }),
    );
    const lane = await terms(alliance);
    const state = await rotation(alliance);
    if (lane.length === 0) {
      assert.deepEqual(reasons, ['ROTATION_DRAFT_STALE']);
    } else {
      assert.equal(answers.length, 2);
      assert.ok(state.needsReplan, 'the published plan names a unit that left, and nobody is told');
    }
    const replanned = await plan(alliance, { termCount: 4 });
    assert.ok(!replanned.terms.some(({ member }) => member === unit));
  }
});

test('a swap: proposed, accepted, approved; answered twice at once it has one outcome', async () => {
  const alliance = await published(8, { firstDate: firstOfMonth(1) });
  const [mine, theirs] = [alliance.terms[3], alliance.terms[4]];
  const [proposer, asked] = await Promise.all(
    [mine, theirs].map(({ member }) => person(suite, 'LIAISON', { alliance: alliance.name, member })),
  );
  const propose = (reason) =>
    proposer.call(`${ROTATION}/ProposeSwap`, {
      parent: alliance.name,
      swap: { term: mine.name, otherTerm: theirs.name, reason },
      requestId: once(),
    });
  const swap = await propose('年底审计');
  await assert.rejects(propose('再问一次'), (error) => error.reason === 'SWAP_OPEN');
  const answer = (accept) => () =>
    asked.call(`${ROTATION}/AnswerSwap`, { name: swap.name, accept, reason: '答复', requestId: once() });
  const { answers, reasons } = await atOnce(answer(true), answer(false));
  assert.equal(answers.length, 1);
  assert.deepEqual(reasons, ['STATE_WRONG']);
  const accepted = answers[0].state === 'STATE_ACCEPTED';
  const approve = () =>
    alliance.street.call(`${ROTATION}/ApproveSwap`, { name: swap.name, reason: '同意', requestId: once() });
  const decided = await atOnce(approve, approve);
  assert.equal(decided.answers.length, accepted ? 1 : 0);
  const lane = await terms(alliance);
  assertOneLine(lane);
  assert.equal(lane[3].member, accepted ? theirs.member : mine.member);
  assert.equal(lane[4].member, accepted ? mine.member : theirs.member);
});

test('a unit that cannot come is moved with the least change, and the term says why', async () => {
  const alliance = await published(8, { firstDate: firstOfMonth(1) });
  const term = alliance.terms[3];
  const liaison = await person(suite, 'LIAISON', { alliance: alliance.name, member: term.member });
  const day = (time) => {
    const date = new Date(Date.parse(time) + 8 * 3600e3);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  };
  const declared = await liaison.call(`${ROTATION}/DeclareUnavailability`, {
    parent: alliance.name,
    unavailability: { startDate: day(term.startTime), endDate: day(term.endTime), reason: '搬迁' },
    requestId: once(),
  });
  assert.equal(declared.member, term.member);
  assert.equal(declared.deferral, true);
  const again = await plan(alliance);
  assert.notEqual(again.terms[3].member, term.member);
  assert.ok(again.differences.length >= 1 && again.differences.every(({ reason }) => reason));
  assert.equal(Number(again.cost.publishedChanges ?? 0), again.differences.filter((d) => d.publishedMember).length);
  await publish(alliance.street, alliance.name, again);
  const moved = (await terms(alliance))[3];
  assert.ok(moved.changes.at(-1).reason);
});

test('every term explains itself', async () => {
  const alliance = await published();
  const explanation = await alliance.street.call(`${ROTATION}/ExplainChairTerm`, { name: alliance.terms[2].name });
  assert.ok(explanation.summary && explanation.summaryEn);
  const others = alliance.members.map(({ name }) => name).filter((name) => name !== alliance.terms[2].member);
  assert.deepEqual(explanation.alternatives.map(({ member }) => member).sort(), others.sort());
  for (const alternative of explanation.alternatives) assert.ok(alternative.text && alternative.textEn);
});

test('the liaison of the unit in the chair has its rights now, and others do not', async () => {
  const alliance = await published(4, { termCount: 3, firstDate: firstOfMonth(0) });
  const acting = await alliance.street.call(`${ROTATION}/GetActingChair`, { parent: alliance.name });
  assert.equal(acting.member, alliance.terms[0].member);
  assert.equal(acting.deputy, alliance.terms[1].member);
  const roles = async (member) => {
    const caller = await person(suite, 'LIAISON', { alliance: alliance.name, member });
    const { caller: who } = await caller.call('alliance.v1.AuthService/GetSession');
    return who.grants.map(({ role }) => role);
  };
  assert.ok((await roles(acting.member)).includes('ROLE_CHAIR'));
  assert.ok(!(await roles(acting.deputy)).includes('ROLE_CHAIR'));
  // Suspended, it loses them, and another unit acts at once.
  await alliance.street.call('alliance.v1.MemberService/SuspendMember', {
    name: acting.member,
    reason: '停业整顿',
    requestId: once(),
  });
  const now = await alliance.street.call(`${ROTATION}/GetActingChair`, { parent: alliance.name });
  assert.equal(now.member, acting.deputy);
  assert.equal(now.standIn, true);
});
