// Things that tests make for themselves in the demo alliance.

import { randomUUID } from 'node:crypto';

export const DAY = 24 * 3600e3;
let serial = 0;

// A request id that nothing else uses.
export const once = () => randomUUID();

// The day of a moment where the demo alliance is.
export const shanghaiDay = (time) => new Date(Date.parse(time) + 8 * 3600e3).toISOString().slice(0, 10);

// A canteen that is open to all around the clock, in slots of an hour, and its
// window. Belongs to the street's own unit.
export const openCanteen = (suite, street, window = {}, facility = {}) =>
  openPlace(
    suite,
    street,
    { displayName: `试验食堂 ${++serial}`, kind: 'FACILITY_KIND_CANTEEN', ...facility },
    window,
  );

// The same as a car park.
export const openPark = (suite, street, window = {}) =>
  openPlace(suite, street, { displayName: `试验车场 ${++serial}`, kind: 'FACILITY_KIND_PARKING' }, window);

async function openPlace(suite, street, place, window) {
  const { facilities } = await street.call('resource.v1.FacilityService/ListFacilities', {
    parent: suite.demo.alliance,
  });
  const lent = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: suite.demo.alliance,
    facility: { owner: facilities[0].owner, ...place },
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
  return { facility: lent.name, window: created.name, title: place.displayName };
}

// A car park that is open around the clock in slots of two hours and gives passes, and its
// window.
export async function openPassPark(suite, lender, window = {}) {
  const { facility, window: name } = await openPlace(
    suite,
    lender,
    { displayName: `试验车场 ${++serial}`, kind: 'FACILITY_KIND_PARKING' },
    { slotMinutes: 120, passes: { maxDays: 31, dayPriceFen: '500', places: 0 }, ...window },
  );
  return { facility, window: name };
}

// A calendar day in Shanghai, so many days from today, as the API takes it.
export function shanghaiDate(daysAhead = 0) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
  const [year, month, day] = format.format(Date.now() + daysAhead * DAY).split('-').map(Number);
  return { year, month, day };
}

// The slots of a facility over the next two days, as `caller` sees them.
export async function slotsOf(suite, caller, facility) {
  const { facilities = [] } = await caller.call('resource.v1.BookingService/SearchAvailability', {
    parent: suite.demo.alliance,
    startTime: new Date().toISOString(),
    endTime: new Date(Date.now() + 2 * DAY).toISOString(),
    facility,
  });
  return facilities[0]?.slots ?? [];
}

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
