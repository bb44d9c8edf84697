// The demo's three lists: needs, offers and matches in each of their stages.

import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(new URL('exchange.json', import.meta.url), 'utf8'));
const SERVICE = 'resource.v1.ExchangeService';
const HOUR = 3600e3;

// `people` are callers by login; `localDate` tells the calendar day of an instant where
// the demo is. Makes only what is not there yet, by title.
export async function loadExchange(alliance, people, localDate) {
  const interval = ({ days_ahead: days, hour, hours }) => {
    if (hour === undefined) return {};
    const [year, month, day] = localDate(Date.now() + days * 24 * HOUR);
    const start = Date.UTC(year, month - 1, day, hour - 8); // Asia/Shanghai is UTC+8
    return {
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + hours * HOUR).toISOString(),
    };
  };
  const published = new Map();
  for (const [list, one, List] of [['needs', 'need', 'Need'], ['offers', 'offer', 'Offer']]) {
    const before = await [...people.values()][0].list(`${SERVICE}/List${List}s`, list, { parent: alliance });
    for (const listing of before) published.set(listing.title, listing.name);
    for (const { by, days_ahead, hour, hours, ...fields } of demo[list]) {
      if (published.has(fields.title)) continue;
      const made = await people.get(by).call(`${SERVICE}/Create${List}`, {
        parent: alliance,
        [one]: { ...fields, ...interval({ days_ahead, hour, hours }) },
      });
      published.set(fields.title, made.name);
    }
  }
  for (const plan of demo.matches) await match(alliance, people, published, interval, plan);
}

async function match(alliance, people, published, interval, plan) {
  const claimant = people.get(plan.by);
  const names = [published.get(plan.claim), published.get(plan.with)].filter(Boolean);
  const own = await claimant.list(`${SERVICE}/ListMatches`, 'matches', { parent: alliance, listing: names[0] });
  const known = own.find(({ message }) => message === plan.message);
  const made = known ?? await claimant.call(`${SERVICE}/ClaimMatch`, {
    parent: alliance,
    match: {
      need: names.find((name) => name.includes('/needs/')),
      offer: names.find((name) => name.includes('/offers/')),
      quantity: plan.quantity,
      message: plan.message,
    },
  });
  const step = (caller, method, more) => people.get(caller).call(`${SERVICE}/${method}`, { name: made.name, ...more });
  let { state } = made;
  if (plan.terms && state === 'STATE_CLAIMED') {
    const { description, ...when } = plan.terms;
    ({ state } = await step(plan.publisher, 'AgreeMatch', { terms: { description, ...interval(when) } }));
  }
  if (plan.complete && state === 'STATE_AGREED') ({ state } = await step(plan.by, 'CompleteMatch'));
  if (plan.complete && state === 'STATE_DELIVERED') await step(plan.publisher, 'CompleteMatch');
  for (const { by, score, text } of known ? [] : (plan.ratings ?? [])) {
    await step(by, 'RateMatch', { rating: { score, text } });
  }
}
