// The demo's peak window: a small car park that opens by lottery, and who asked for it.

const FACILITIES = 'resource.v1.FacilityService';
const DAY = 24 * 3600e3;
const SLOT = 90 * 60e3;
const PLACE = {
  displayName: '地铁口早高峰车位',
  kind: 'FACILITY_KIND_PARKING',
  address: '金穗里街道金穗大道8号地铁站旁',
  grid: '新禾网格',
  location: { latitude: 31.2352, longitude: 121.4471 },
  description: '紧邻地铁站，车位少；早高峰时段先申请、后摇号。',
};
const WINDOW = {
  displayName: '早高峰（摇号）',
  openMinute: 420,
  closeMinute: 600,
  slotMinutes: SLOT / 60e3,
  capacity: 3,
  priceFen: 600,
  cancelMinutes: 60,
  horizonDays: 7,
  lottery: { closeMinutes: 720 },
};
const NEEDS = [['SHIFT_WORK'], [], ['SMALL_CHILDREN', 'NO_TRANSIT'], ['MOBILITY'], []];

// Makes only what is not there yet; asking again changes nothing.
export async function loadLottery(alliance, street, owner, people, localDate) {
  const lent = await street.list(`${FACILITIES}/ListFacilities`, 'facilities', { parent: alliance });
  const facility = lent.find(({ displayName }) => displayName === PLACE.displayName)
    ?? await street.call(`${FACILITIES}/CreateFacility`, { parent: alliance, facility: { ...PLACE, owner } });
  const windows = await street.list(`${FACILITIES}/ListWindows`, 'windows', { parent: facility.name });
  const [year, month, day] = localDate(Date.now() - DAY);
  const window = windows[0]
    ?? await street.call(`${FACILITIES}/CreateWindow`, { parent: facility.name, window: { ...WINDOW, startDate: { year, month, day } } });
  for (const ahead of [2, 3]) {
    const [y, m, d] = localDate(Date.now() + ahead * DAY);
    for (const [i, [{ plates }, person]] of people.entries()) {
      const start = Date.UTC(y, m - 1, d, 7 - 8) + (i % 2) * SLOT; // Asia/Shanghai is UTC+8
      await person.call('resource.v1.LotteryService/SubmitLotteryRequest', {
        parent: alliance,
        booking: {
          window: window.name,
          startTime: new Date(start).toISOString(),
          endTime: new Date(start + SLOT).toISOString(),
          plate: plates[0],
        },
        needs: NEEDS[i % NEEDS.length].map((need) => `LOTTERY_NEED_${need}`),
      });
    }
  }
}
