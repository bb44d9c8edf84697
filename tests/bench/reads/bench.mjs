// Fills, reads, fills more, reads again, and prints the table; see run.

import { inParallel } from '../../../deploy/demo/api.mjs';
import { Suite } from '../../lib/suite.mjs';
import { DAY, book, openPark, slotsOf } from '../../lib/world.mjs';
import { makeTemplates, fillTo } from './fill.mjs';

const [few, many, calls] = process.argv.slice(2).map(Number);
const FACILITIES = 100;
const WARM = 3;

const suite = await Suite.start('reads');
const parent = suite.demo.alliance;
const list = 'resource.v1.BookingService/ListBookings';

// The median in ms of the same call, again and again.
async function timed(caller, method, request) {
  const took = [];
  for (let i = 0; i < WARM + calls; ++i) {
    const begun = performance.now();
    const answer = await caller.call(method, request);
    if (i >= WARM) took.push(performance.now() - begun);
    check(method, answer);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)];
}

// A read that finds less than it should would be no measure.
function check(method, { bookings, facilities }) {
  if (method.includes('/Get')) return;
  const found = (bookings ?? facilities)?.length;
  if (found !== (bookings ? 50 : FACILITIES)) throw new Error(`${method} answers ${found}`);
}

try {
  const [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  const window = { openMinute: 480, closeMinute: 1200, slotMinutes: 360, capacity: 100_000, horizonDays: 31 };
  const facilities = await inParallel(4, Array.from({ length: FACILITIES }), async () => {
    const { facility } = await openPark(suite, street, window);
    const slots = await slotsOf(suite, staff, facility);
    await book(suite, staff, slots.at(-1), { plate: '沪A12345' });
    return facility;
  });
  makeTemplates(suite);
  const begun = Math.ceil(Date.now() / DAY) * DAY;
  // A few of the hundred are the demo's own.
  const month = { startTime: new Date(begun).toISOString(), endTime: new Date(begun + 30 * DAY).toISOString() };
  const reads = {
    '100 facilities, a month': () =>
      timed(street, 'resource.v1.BookingService/SearchAvailability', {
        parent, ...month, kind: 'FACILITY_KIND_PARKING', pageSize: FACILITIES,
      }),
    // Costs the same whatever is stored: its ratio is what the machine itself made of it.
    'one facility': () => timed(street, 'resource.v1.FacilityService/GetFacility', { name: facilities[0] }),
    '50 bookings of a person': () => timed(staff, list, { parent, mine: true, pageSize: 50 }),
    '50 bookings of all': () => timed(street, list, { parent, pageSize: 50 }),
    '50 confirmed bookings': () => timed(street, list, { parent, state: 'STATE_CONFIRMED', pageSize: 50 }),
  };
  const results = {};
  for (const size of [few, many]) {
    const filled = performance.now();
    const stored = fillTo(suite, size, begun);
    console.log(`${stored} bookings stored, after ${((performance.now() - filled) / 1000).toFixed(0)} s`);
    for (const [title, read] of Object.entries(reads)) (results[title] ??= []).push(await read());
  }
  console.log(`\n${'ms'.padEnd(28)}${String(few).padStart(10)}${String(many).padStart(10)}     ratio`);
  for (const [title, [a, b]] of Object.entries(results)) {
    console.log(`${title.padEnd(28)}${a.toFixed(1).padStart(10)}${b.toFixed(1).padStart(10)}${(b / a).toFixed(2).padStart(10)}`);
  }
  console.log('\nGoal: a ratio of 1.2 at most.');
} finally {
  await suite.end();
}
