// A lottery from the first request to the replay, through the API alone and with the real clock:
// the window opens ten minutes after the next full minute, so it is drawn then.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Suite } from '../lib/suite.mjs';
import { all, askLot, drawn, once, openLot } from '../lib/world.mjs';

const SERVICE = 'resource.v1.LotteryService';

let suite;
let street;
let people;
before(async () => {
  suite = await Suite.start('lottery');
  street = await suite.as('street');
  people = await Promise.all(['staff1', 'staff2', 'staff3', 'staff4', 'liaison1'].map((login) => suite.as(login)));
});
after(() => suite?.end());

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

// Who wins by what is published, in the order of the draw.
function replay(draw, requests) {
  const seed = Buffer.from(draw.seed, 'hex');
  const numbered = requests.map((request) => {
    const id = request.name.split('/').at(-1);
    const numbers = Array.from({ length: request.tickets }, (_, i) => sha256(seed, '\0', id, '\0', String(i + 1)));
    return { request, lowest: numbers.sort()[0] };
  });
  numbered.sort((a, b) => (a.lowest < b.lowest ? -1 : 1));
  let left = draw.slots[0].places;
  return numbered.map(({ request }) => ({ name: request.name, won: left-- > 0 }));
}

test('requests are sealed, drawn by the clock, and anyone can repeat the draw', async () => {
  const { close, draw: name, booking } = await openLot(suite, street);
  const ask = (person) => askLot(suite, person, booking);
  const asked = await Promise.all(people.map(ask));
  await assert.rejects(
    people[0].call('resource.v1.BookingService/CreateBooking', { parent: suite.demo.alliance, booking, requestId: once() }),
    { reason: 'LOTTERY_OPEN' },
  );
  assert.ok(asked.every((one) => one.name.startsWith(`${name}/lotteryRequests/`)));
  const collecting = await people[1].call(`${SERVICE}/GetDraw`, { name });
  assert.equal(collecting.state, 'STATE_COLLECTING');
  assert.equal(collecting.seed ?? '', '');
  assert.equal(collecting.requestCount, 5);
  const list = (person) =>
    all(person, `${SERVICE}/ListLotteryRequests`, 'lotteryRequests', { parent: suite.demo.alliance, draw: name });
  assert.equal((await list(people[0])).length, 1);
  assert.equal((await list(street)).length, 0);
  await people[4].call(`${SERVICE}/WithdrawLotteryRequest`, { name: asked[4].name, requestId: once() });

  const draw = await drawn(street, name, close);
  const requests = await list(street);
  assert.equal(requests.length, 4);
  assert.ok(requests.every(({ user = '', needs = [], needPoints }) => user === '' && needs.length === 0 && needPoints === 2));
  assert.equal(sha256(Buffer.from(draw.seed, 'hex')), collecting.seedCommitment);
  assert.deepEqual(
    replay(draw, requests),
    requests.map((one) => ({ name: one.name, won: one.state === 'STATE_WON' })),
  );
  const own = await Promise.all(people.slice(0, 4).map(async (person) => (await list(person)).find(({ user }) => user)));
  const bookings = own.map(({ booking: won }) => won).filter(Boolean);
  assert.equal(bookings.length, 2);
  for (const [i, { booking: won }] of own.entries()) {
    if (!won) continue;
    const held = await people[i].call('resource.v1.BookingService/GetBooking', { name: won });
    assert.equal(held.state, 'STATE_CONFIRMED');
  }
  await assert.rejects(ask(people[4]), { reason: 'LOTTERY_CLOSED' });
});
