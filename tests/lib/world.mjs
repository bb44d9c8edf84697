// Things that tests make for themselves in the demo alliance.

import { randomUUID } from 'node:crypto';

export const DAY = 24 * 3600e3;
let serial = 0;

// A request id that nothing else uses.
export const once = () => randomUUID();

// The day of a moment where the demo alliance is.
export const shanghaiDay = (time) => new Date(Date.parse(time) + 8 * 3600e3).toISOString().slice(0, 10);

// A canteen, where each eats once a meal; else as openPlace.
export const openCanteen = (suite, street, window = {}) => openPlace(suite, street, window, 'CANTEEN');

// A car park; else as openPlace.
export const openPark = (suite, street, window = {}) => openPlace(suite, street, window, 'PARKING');

// A venue that is open to all around the clock, in slots of an hour, and its window and title.
// Belongs to the street's own unit.
export async function openPlace(suite, street, window = {}, kind = 'VENUE') {
  const title = `试验场所 ${++serial}`;
  const { facilities } = await street.call('resource.v1.FacilityService/ListFacilities', {
    parent: suite.demo.alliance,
  });
  const lent = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: suite.demo.alliance,
    facility: { displayName: title, kind: `FACILITY_KIND_${kind}`, owner: facilities[0].owner },
    requestId: once(),
  });
  const yesterday = new Date(Date.now() - DAY);
  const created = await street.call('resource.v1.FacilityService/CreateWindow', {
    parent: lent.name,
    window: {
      displayName: '全天',
      startDate: {
        year: yesterday.getUTCFullYear(),
        month: yesterday.getUTCMonth() + 1,
        day: yesterday.getUTCDate(),
      },
      openMinute: 0,
      closeMinute: 1440,
      slotMinutes: 60,
      capacity: 20,
      horizonDays: 14,
      ...window,
    },
    requestId: once(),
  });
  return { facility: lent.name, window: created.name, title };
}

// Gives a facility another name: a small change that everyone may read.
export const renameFacility = (street, name) =>
  street.call('resource.v1.FacilityService/UpdateFacility', {
    facility: { name, displayName: `试验场所 改名 ${++serial}` },
    updateMask: 'displayName',
    requestId: once(),
  });

// A car park that is open around the clock in slots of two hours and gives passes, and its
// window.
export const openPassPark = (suite, lender, window = {}) =>
  openPark(suite, lender, {
    slotMinutes: 120,
    passes: { maxDays: 31, dayPriceFen: '500', places: 0 },
    ...window,
  });

// A calendar day in Shanghai, so many days from today, as the API takes it.
export function shanghaiDate(daysAhead = 0) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
  const [year, month, day] = format.format(Date.now() + daysAhead * DAY).split('-').map(Number);
  return { year, month, day };
}

// A version of an alliance's charter that is in force at once, with `changes`.
export async function adoptCharter(street, parent, changes) {
  const charter = await street.call('alliance.v1.CharterService/GetCharter', { name: `${parent}/charters/-` });
  await street.call('alliance.v1.CharterService/AdoptCharter', {
    parent,
    charter: { ...charter, effectiveDate: shanghaiDate(), decision: '试验', ...changes(charter) },
    baseVersion: charter.version,
    requestId: once(),
  });
}

// For tests that book far more than people may.
export const withoutCharterQuotas = (suite, street) =>
  adoptCharter(street, suite.demo.alliance, () => ({ bookingQuotas: [] }));

// A venue of two places that opens by lottery in ten to twelve minutes, and is drawn at the next
// full minute that is not too near; with what is booked and the draw's name.
export async function openLot(suite, street) {
  const MINUTE = 60e3;
  const close = Math.ceil((Date.now() + 15e3) / MINUTE) * MINUTE;
  const local = new Date(close + 10 * MINUTE + 8 * 3600e3); // Asia/Shanghai is UTC+8
  const openMinute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const { window } = await openPlace(suite, street, {
    openMinute,
    closeMinute: openMinute + 60,
    slotMinutes: 60,
    capacity: 2,
    lottery: { closeMinutes: 10 },
  });
  const at = (minutes) => new Date(close + minutes * MINUTE).toISOString();
  const draw = `${window}/draws/${local.toISOString().slice(0, 10)}`;
  return { close, draw, booking: { window, startTime: at(10), endTime: at(70) } };
}

// Asks in a lottery.
export const askLot = (suite, person, booking) =>
  person.call('resource.v1.LotteryService/SubmitLotteryRequest', {
    parent: suite.demo.alliance,
    booking,
    needs: ['LOTTERY_NEED_NO_TRANSIT'],
    requestId: once(),
  });

// The draw, once it is made.
export async function drawn(person, name, close) {
  for (;;) {
    const draw = await person.call('resource.v1.LotteryService/GetDraw', { name });
    if (draw.state === 'STATE_DRAWN') return draw;
    if (Date.now() > close + 20e3) throw new Error(`${name} was not drawn`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// The slots of a facility over two days, from now or so many days ahead, as `caller` sees them.
export async function slotsOf(suite, caller, facility, ahead = 0) {
  const start = Date.now() + ahead * DAY;
  const { facilities = [] } = await caller.call('resource.v1.BookingService/SearchAvailability', {
    parent: suite.demo.alliance,
    startTime: new Date(start).toISOString(),
    endTime: new Date(start + 2 * DAY).toISOString(),
    facility,
  });
  return facilities[0]?.slots ?? [];
}

// A slot as it is now.
export const slotAgain = async (suite, caller, facility, { startTime }) =>
  (await slotsOf(suite, caller, facility)).find((slot) => slot.startTime === startTime);

// The request that books a slot.
export function bookingOf(suite, { window, startTime, endTime }, more = {}) {
  const { requestId = once(), ...booking } = more;
  return { parent: suite.demo.alliance, booking: { window, startTime, endTime, ...booking }, requestId };
}

export const book = (suite, caller, slot, more) =>
  caller.call('resource.v1.BookingService/CreateBooking', bookingOf(suite, slot, more));

// All pages of a list.
export async function all(caller, method, field, request) {
  const items = [];
  let pageToken = '';
  do {
    const page = await caller.call(method, { ...request, pageSize: 1000, pageToken });
    items.push(...(page[field] ?? []));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return items;
}

// The confirmed bookings of a window, as the street sees them.
export async function bookingsOf(suite, street, window) {
  const bookings = await all(street, 'resource.v1.BookingService/ListBookings', 'bookings', {
    parent: suite.demo.alliance,
    state: 'STATE_CONFIRMED',
  });
  return bookings.filter((booking) => booking.window === window);
}
