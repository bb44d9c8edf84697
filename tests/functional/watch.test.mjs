// Another government system follows the journal over native gRPC.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { JournalService as MeetingJournal } from '../gen/jinhuan/meeting/v1/journal_service_pb.js';
import { RequestCategory, RequestSchema } from '../gen/jinhuan/meeting/v1/request_pb.js';
import { BookingSchema } from '../gen/jinhuan/resource/v1/booking_pb.js';
import { JournalService } from '../gen/jinhuan/resource/v1/journal_service_pb.js';
import { createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, once, openPlace, slotsOf, withoutCharterQuotas } from '../lib/world.mjs';

let suite;
let street;
let staff;
let journal;
let slot;
before(async () => {
  suite = await Suite.start('watch');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  await withoutCharterQuotas(suite, street);
  journal = createClient(JournalService, grpcTransport(suite, await suite.token(suite.account('SYSTEM'))));
  const { facility } = await openPlace(suite, street, { capacity: 1000 });
  slot = (await slotsOf(suite, staff, facility)).at(-1);
});
after(() => suite?.end());

// The entries from a number on until `enough` says so, at most for 30 s.
async function watch(startNumber, enough, alliance = suite.demo.alliance) {
  const entries = [];
  let next = BigInt(startNumber);
  const signal = AbortSignal.timeout(30e3);
  for await (const message of journal.watchEntries({ startNumber: next, alliance }, { signal })) {
    entries.push(...message.entries);
    next = message.nextNumber;
    if (enough(entries)) break;
  }
  return { entries, next };
}

const inOrder = (entries) =>
  entries.forEach(({ number }, i) => assert.ok(i === 0 || number > entries[i - 1].number));

test('a new booking comes down the stream, without its person and within 2 s of its answer', async () => {
  const { next } = await watch(1, (entries) => entries.length > 0);
  const made = [];
  const arrivals = watch(next, (entries) => entries.some(({ resource }) => resource === made[0]?.name));
  made.push(await book(suite, staff, slot));
  const answered = Date.now();
  const { entries } = await arrivals;
  assert.ok(Date.now() - answered < 2000);
  const entry = entries.find(({ resource }) => resource === made[0].name);
  assert.equal(entry.method, 'jinhuan.resource.v1.BookingService/CreateBooking');
  assert.equal(entry.actor, '');
  assert.equal(entry.alliance, suite.demo.alliance);
  assert.equal(entry.before, undefined);
  assert.match(entry.after.typeUrl, /jinhuan\.resource\.v1\.Booking$/);
  const { name, plate, user } = fromBinary(BookingSchema, entry.after.value);
  assert.deepEqual([name, plate, user], [made[0].name, made[0].plate ?? '', '']);
});

test('a system learns that something happened, and the content that it may Get', async () => {
  const parent = suite.demo.alliance;
  const start = Date.now() + 40 * 86400e3;
  const draft = await street.call('meeting.v1.MeetingService/CreateMeeting', {
    parent,
    meeting: {
      title: '未定的会议',
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 3600e3).toISOString(),
      agendaItems: [{ title: '通报' }],
    },
    requestId: once(),
  });
  const request = await staff.call('meeting.v1.RequestService/CreateRequest', {
    parent,
    request: { title: '路灯不亮', category: 'REQUEST_CATEGORY_NOISE', place: '西门' },
    requestId: once(),
  });
  const seenBy = async (login) => {
    const client = createClient(MeetingJournal, grpcTransport(suite, await suite.token(suite.account(login))));
    const entries = [];
    for await (const message of client.watchEntries({ startNumber: 1n, alliance: parent }, { signal: AbortSignal.timeout(30e3) })) {
      entries.push(...message.entries);
      if (entries.some(({ resource }) => resource === request.name)) break;
    }
    return [draft, request].map(({ name }) => entries.find(({ resource }) => resource === name));
  };
  const reporterIn = ({ after }) => fromBinary(RequestSchema, after.value).reporter;
  const [whole, reported] = await seenBy('AUDIT_ADMIN');
  assert.match(whole.actor, /^users\//);
  assert.ok(whole.after);
  assert.equal(reporterIn(reported), reported.actor);
  const [hidden, shown] = await seenBy('SYSTEM');
  assert.deepEqual([hidden.number, hidden.method, hidden.actor, hidden.after], [whole.number, whole.method, '', undefined]);
  assert.deepEqual([shown.actor, reporterIn(shown)], ['', '']);
  assert.equal(fromBinary(RequestSchema, shown.after.value).category, RequestCategory.NOISE);
});

test('a watch that is cut and resumed, again and again, misses and repeats nothing', async () => {
  const names = [];
  let stop = false;
  const booking = (async () => {
    while (!stop) names.push((await book(suite, staff, slot)).name);
  })();
  const seen = [];
  let next = 1n;
  for (let round = 0; round < 12; ++round) {
    const part = await watch(next, (entries) => entries.length >= 5);
    seen.push(...part.entries);
    next = part.next;
  }
  stop = true;
  await booking;
  const last = await watch(next, (entries) =>
    names.every((name) => seen.concat(entries).some(({ resource }) => resource === name)),
  );
  seen.push(...last.entries);
  inOrder(seen);
  assert.equal(new Set(seen.map(({ number }) => number)).size, seen.length);
  for (const name of names) assert.equal(seen.filter(({ resource }) => resource === name).length, 1);
  const whole = await watch(1, (entries) => entries.length >= seen.length);
  assert.deepEqual(
    whole.entries.slice(0, seen.length).map(({ number }) => number),
    seen.map(({ number }) => number),
  );
});

test('a watch resumes after resource-svc was killed', async () => {
  const latest = await book(suite, staff, slot);
  const { next } = await watch(1, (entries) => entries.some(({ resource }) => resource === latest.name));
  const cut = watch(next, () => false);
  suite.kill('resource-svc');
  await assert.rejects(cut, ({ code }) => code !== undefined);
  const made = await untilUp(() => book(suite, staff, slot));
  // The clock may have done something too, such as opening a draw.
  const isMade = ({ resource }) => resource === made.name;
  const { entries } = await untilUp(() => watch(next, (list) => list.some(isMade)));
  assert.equal(entries[0].number, next);
  inOrder(entries);
  assert.equal(entries.filter(isMade).length, 1);
});

test('kinds, a resource and the last so many are chosen', async () => {
  const made = await book(suite, staff, slot);
  const all = await watch(1, (entries) => entries.some(({ resource }) => resource === made.name));
  const chosen = async (filter, enough) => {
    const entries = [];
    const request = { startNumber: 1n, alliance: suite.demo.alliance, ...filter };
    for await (const message of journal.watchEntries(request, { signal: AbortSignal.timeout(30e3) })) {
      entries.push(...message.entries);
      if (enough(entries)) return entries;
    }
    return entries;
  };
  const kindOf = ({ after, before }) => (after ?? before)?.typeUrl.split('/').at(-1);
  const bookings = await chosen({ kinds: ['jinhuan.resource.v1.Booking'] }, (entries) => entries.some(({ resource }) => resource === made.name));
  assert.deepEqual(
    bookings.map(({ number }) => number),
    all.entries.filter((entry) => kindOf(entry) === 'jinhuan.resource.v1.Booking').map(({ number }) => number),
  );
  const one = await chosen({ resource: made.name }, (entries) => entries.length > 0);
  assert.deepEqual(one.map(({ resource }) => resource), [made.name]);
  const last = await chosen({ startNumber: -1n }, (entries) => entries.length > 0);
  assert.ok(last.length >= 1 && last[0].number >= all.entries.at(-1).number);
});

test('too many kinds, and a resource of another alliance, are refused', async () => {
  const refusal = async (filter) => {
    const request = { startNumber: 1n, alliance: suite.demo.alliance, ...filter };
    const { code, reason, fields } = await failure(
      (async () => {
        for await (const _ of journal.watchEntries(request)) break;
      })(),
    );
    return [code, reason, ...fields];
  };
  assert.deepEqual(await refusal({ kinds: Array(65).fill('k') }), ['InvalidArgument', 'FIELD_INVALID', 'kinds']);
  assert.deepEqual(await refusal({ resource: 'alliances/other/bookings/b' }), ['InvalidArgument', 'FIELD_INVALID', 'resource']);
});

// Tries until the service answers; gives up with the last error after 30 s.
async function untilUp(call) {
  const deadline = Date.now() + 30e3;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50); // a client's back-off
    }
  }
}

test('a number that is not there yet is refused', async () => {
  const { code, reason } = await failure(watch(10_000_000, () => true));
  assert.deepEqual([code, reason], ['OutOfRange', 'NUMBER_OUT_OF_RANGE']);
});

test('what another alliance does is not told', async () => {
  const error = await failure(watch(1, () => true, 'alliances/other'));
  assert.ok(['RESOURCE_NOT_FOUND', 'ROLE_REQUIRED'].includes(error.reason), error.reason);
});
