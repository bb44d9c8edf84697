// Things that tests make for themselves in the demo alliance.

import { randomUUID } from 'node:crypto';

export const DAY = 24 * 3600e3;
let serial = 0;

// A request id that nothing else uses.
export const once = () => randomUUID();

// A canteen, where each eats once a meal; else as openPlace.
export const openCanteen = (suite, street, window = {}) => openPlace(suite, street, window, 'CANTEEN');

// A venue that is open to all around the clock, in slots of an hour, and its window.
// Belongs to the street's own unit.
export async function openPlace(suite, street, window = {}, kind = 'VENUE') {
  const { facilities } = await street.call('resource.v1.FacilityService/ListFacilities', {
    parent: suite.demo.alliance,
  });
  const facility = await street.call('resource.v1.FacilityService/CreateFacility', {
    parent: suite.demo.alliance,
    facility: {
      displayName: `试验场所 ${++serial}`,
      kind: `FACILITY_KIND_${kind}`,
      owner: facilities[0].owner,
    },
    requestId: once(),
  });
  const yesterday = new Date(Date.now() - DAY);
  const created = await street.call('resource.v1.FacilityService/CreateWindow', {
    parent: facility.name,
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
  return { facility: facility.name, window: created.name };
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
