// The demo's menus: a week of them for every sitting, each day another one.

import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(new URL('meals.json', import.meta.url), 'utf8'));
const SERVICE = 'resource.v1.FacilityService';
const DAYS = 7;
const DAY = 24 * 3600e3;

// Says only what is not said yet. `localDate` tells the calendar day of an instant where
// the demo is.
export async function loadMenus(alliance, street, localDate) {
  const days = Array.from({ length: DAYS }, (_, i) => localDate(Date.now() + i * DAY));
  const [startDate, endDate] = [days[0], days.at(-1)].map(([year, month, day]) => ({ year, month, day }));
  const said = await street.list(`${SERVICE}/ListMenus`, 'menus', { parent: alliance, startDate, endDate });
  const known = new Set(said.map(({ name }) => name));
  const canteens = await street.list(`${SERVICE}/ListFacilities`, 'facilities', {
    parent: alliance,
    kind: 'FACILITY_KIND_CANTEEN',
  });
  let turn = 0;
  for (const { name: facility } of canteens) {
    const windows = await street.list(`${SERVICE}/ListWindows`, 'windows', { parent: facility });
    for (const window of windows) {
      for (const date of days.filter((one) => opensOn(window, one))) {
        const name = `${window.name}/menus/${date.map((part) => String(part).padStart(2, '0')).join('-')}`;
        const menu = { name, ...menuOf(turn++) };
        if (!known.has(name)) await street.call(`${SERVICE}/SetMenu`, { menu });
      }
    }
  }
}

function opensOn({ weekdays = [] }, [year, month, day]) {
  const names = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
  return weekdays.length === 0 || weekdays.includes(names[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]);
}

function menuOf(turn) {
  const dishes = Object.entries(demo.counts).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, i) => {
      const all = demo.dishes[kind];
      const [displayName, ...allergens] = all[(turn * count + i) % all.length];
      return { displayName, kind: `DISH_KIND_${kind}`, allergens: allergens.map((one) => `ALLERGEN_${one}`) };
    }),
  );
  return { dishes, note: demo.notes[turn % demo.notes.length] };
}
