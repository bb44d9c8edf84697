// Another government system watches how full things are, over native gRPC; the stream is
// cut, resumed, and resumed again after the service was killed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BookingService } from '../gen/jinhuan/resource/v1/booking_service_pb.js';
import { OpeningStatus } from '../gen/jinhuan/resource/v1/occupancy_pb.js';
import { PASSWORD, person } from '../lib/alliances.mjs';
import { connectTransport, createClient, failure, grpcTransport } from '../lib/grpc.mjs';
import { Suite, withinAnHour } from '../lib/suite.mjs';
import { book, once, openPassPark, slotsOf } from '../lib/world.mjs';

let suite;
let street;
let staff;
let system;
let plates = 0;
before(async () => {
  suite = await Suite.start('occupancy');
  [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  system = createClient(BookingService, grpcTransport(suite, await suite.token(suite.account('SYSTEM'))));
});
after(() => suite?.end());

const watch = (request = {}, signal = AbortSignal.timeout(30e3), client = system) =>
  client.watchOccupancy({ parent: suite.demo.alliance, ...request }, { signal });

// What a watch tells until `enough` says so.
async function told(request, enough) {
  const occupancies = [];
  let resumeToken = request.resumeToken ?? '';
  for await (const message of watch(request)) {
    occupancies.push(...message.occupancies);
    if (message.resumeToken) resumeToken = message.resumeToken;
    if (enough(occupancies)) break;
  }
  return { occupancies, resumeToken };
}

// A car park that is open now, and what books a place in it for now.
async function park(capacity = 40) {
  await withinAnHour();
  const { facility, window } = await openPassPark(suite, street, { capacity });
  const [slot] = await slotsOf(suite, staff, facility);
  const plate = () => `沪B${String(++plates).padStart(5, '0')}`;
  return { facility, window, arrive: () => book(suite, staff, slot, { plate: plate() }) };
}

const freeOf = (list) => list.map((one) => one.realtimeFreeCapacity);

test('a booking shows in the stream within 2 s, by the names of open parking data', async () => {
  const { facility, window, arrive } = await park();
  const all = await told({ facilities: [facility] }, (list) => list.length > 0);
  assert.equal(all.occupancies[0].uid, window);
  assert.equal(all.occupancies[0].capacity, 40);
  assert.equal(all.occupancies[0].realtimeFreeCapacity, 40);
  assert.equal(all.occupancies[0].realtimeOpeningStatus, OpeningStatus.OPEN);
  const news = told({ facilities: [facility], resumeToken: all.resumeToken }, (list) => list.length > 0);
  await arrive();
  const answered = Date.now();
  const { occupancies } = await news;
  assert.ok(Date.now() - answered < 2000);
  assert.equal(occupancies[0].realtimeFreeCapacity, 39);
});

test('a watch that is cut and resumed, again and again, has no gap and no repeat', async () => {
  const { facility, arrive } = await park();
  let { resumeToken } = await told({ facilities: [facility] }, (list) => list.length > 0);
  const free = [];
  let stop = false;
  const arriving = (async () => {
    for (let i = 0; i < 30 && !stop; ++i) await arrive();
  })();
  for (let round = 0; round < 6; ++round) {
    const part = await told({ facilities: [facility], resumeToken }, (list) => list.length > 0);
    free.push(...freeOf(part.occupancies));
    resumeToken = part.resumeToken;
    if (free.at(-1) === 10) break;
  }
  await arriving;
  if (free.at(-1) !== 10) {
    const rest = await told({ facilities: [facility], resumeToken }, (list) => freeOf(list).includes(10));
    free.push(...freeOf(rest.occupancies));
  }
  stop = true;
  // States, each newer than the one before: it goes down and never stands or turns.
  assert.ok(free.every((one, i) => i === 0 || one < free[i - 1]), free.join());
  assert.equal(free.at(-1), 10);
});

test('a watch resumes after resource-svc was killed, and hears what it missed', async () => {
  const { facility, window, arrive } = await park();
  const quiet = await park();
  const facilities = [facility, quiet.facility];
  const { resumeToken } = await told({ facilities }, (list) => list.length > 1);
  await arrive();
  suite.kill('resource-svc');
  const deadline = Date.now() + 30e3;
  for (;;) {
    try {
      const { occupancies } = await told({ facilities, resumeToken }, (list) => list.length > 0);
      // How the other is may be told once more: its making can come after the token.
      assert.deepEqual(freeOf(occupancies.filter(({ uid }) => uid === window)), [39]);
      return;
    } catch (error) {
      if (Date.now() > deadline || error.code === 'ERR_ASSERTION') throw error;
      await pause(50); // a client's back-off
    }
  }
});

test('a reader that stops reading holds nobody up', async () => {
  const { facility, arrive } = await park();
  const asleep = watch({ facilities: [facility] })[Symbol.asyncIterator]();
  await asleep.next();
  const news = told({ facilities: [facility] }, (list) => freeOf(list).includes(30));
  for (let i = 0; i < 10; ++i) await arrive();
  const { occupancies } = await news;
  assert.equal(occupancies.at(-1).realtimeFreeCapacity, 30);
  await asleep.return?.();
});

test('it comes over HTTP too; a token of nowhere is refused', async () => {
  const { facility } = await park(7);
  const member = createClient(BookingService, connectTransport(suite, await suite.token(suite.account('staff1'))));
  for await (const { occupancies } of watch({ facilities: [facility] }, undefined, member)) {
    if (occupancies.length === 0) continue; // the place was made a moment ago
    assert.deepEqual(freeOf(occupancies), [7]);
    break;
  }
  const wrong = await failure(told({ resumeToken: '1' }, () => true));
  assert.equal(wrong.reason, 'FIELD_INVALID');
  const future = await failure(told({ resumeToken: '99999999.1' }, () => true));
  assert.deepEqual([future.code, future.reason], ['OutOfRange', 'NUMBER_OUT_OF_RANGE']);
  const foreign = await failure(told({ parent: 'alliances/other' }, () => true));
  assert.ok(['RESOURCE_NOT_FOUND', 'ROLE_REQUIRED'].includes(foreign.reason), foreign.reason);
});

test('a stream ends when the account that opened it is shut out', async () => {
  const guest = await person(suite, 'STREET_ADMIN', { alliance: suite.demo.alliance });
  const token = await suite.token({ login: guest.login, password: PASSWORD });
  const client = createClient(BookingService, grpcTransport(suite, token));
  const stream = watch({}, undefined, client)[Symbol.asyncIterator]();
  await stream.next();
  const admin = await suite.as('SYSTEM_ADMIN');
  await admin.call('alliance.v1.UserService/DisableUser', { name: guest.user, reason: '离职', requestId: once() });
  const error = await failure((async () => {
    for (;;) if ((await stream.next()).done) return;
  })());
  assert.ok(['Unauthenticated', 'PermissionDenied', 'Aborted', 'Unavailable'].includes(error.code), error.code);
});
