// An evaluation counted over again, by the words of evaluation.proto and by nothing else of the
// suite: from plain records of what there was, to the rates that GetEvaluation should answer.

const DAY = 24 * 3600e3;
const SHANGHAI = 8 * 3600e3;

// The day of a moment in the alliance's zone, YYYY-MM-DD.
export const dayOf = (time) => new Date(time + SHANGHAI).toISOString().slice(0, 10);

// The measures in their order.
export const MEASURES = [
  'REQUEST_RESPONSE',
  'REQUEST_RESOLUTION',
  'REQUEST_ON_TIME',
  'REQUEST_SATISFACTION',
  'PROJECT_RESOLUTION',
  'PROJECT_ON_TIME',
  'PROJECT_SATISFACTION',
  'SUPERVISION_RESPONSE',
  'TOPIC_RESPONSE',
  'RESOLUTION_CARRIED_OUT',
  'MEETING_RESPONSE',
  'MEETING_ATTENDANCE',
  'NEED_MET',
  'TIME_TO_MATCH',
];
const UNRANKED = ['TOPIC_RESPONSE', 'NEED_MET', 'TIME_TO_MATCH'];

// `records` has lists of: requests {unit, category, type, received, due, taken, resolved, rating, merged},
// projects {unit, dueDay, ofResolution, accepted, submitted, rating}, notices {unit, issued,
// dueDay, answered}, topics {unit, submitted, withdrawn, reviewed}, resolutions {unit, held,
// toCarryOut, carriedOut}, invitations {unit, held, answered, came}, needs {unit, published,
// withdrawn, met, agreed}. Units are names, times milliseconds, days YYYY-MM-DD; what is not
// there is undefined. Of needs the times are as the API writes them.
function* factsOf(records, now) {
  const today = dayOf(now);
  for (const { unit, category, type, received, due, taken, resolved, rating, merged } of records.requests) {
    const fact = (measure, hit) => ({ measure, hit, unit, category, type, day: dayOf(received) });
    if (rating) yield fact('REQUEST_SATISFACTION', rating >= 4);
    if (merged) continue;
    if (unit) yield fact('REQUEST_RESPONSE', taken || resolved !== undefined);
    yield fact('REQUEST_RESOLUTION', resolved !== undefined);
    const ended = resolved ?? now;
    if (due !== undefined && (resolved !== undefined || now >= due)) {
      yield fact('REQUEST_ON_TIME', resolved !== undefined && ended < due);
    }
  }
  for (const { unit, dueDay, ofResolution, accepted, submitted, rating } of records.projects) {
    const origin = ofResolution ? 'RESOLUTION' : 'OWN';
    const fact = (measure, hit) => ({ measure, hit, unit, origin, day: dueDay });
    yield fact('PROJECT_RESOLUTION', accepted);
    if (submitted !== undefined || today > dueDay) {
      yield fact('PROJECT_ON_TIME', submitted !== undefined && dayOf(submitted) <= dueDay);
    }
    if (rating) yield fact('PROJECT_SATISFACTION', rating >= 4);
  }
  for (const { unit, issued, dueDay, answered } of records.notices) {
    if (answered === undefined && today <= dueDay) continue;
    const hit = answered !== undefined && dayOf(answered) <= dueDay;
    yield { measure: 'SUPERVISION_RESPONSE', hit, unit, day: dayOf(issued) };
  }
  for (const { unit, submitted, withdrawn, reviewed } of records.topics) {
    if (!withdrawn) yield { measure: 'TOPIC_RESPONSE', hit: reviewed, unit, day: dayOf(submitted) };
  }
  for (const { unit, held, toCarryOut, carriedOut } of records.resolutions) {
    if (toCarryOut) yield { measure: 'RESOLUTION_CARRIED_OUT', hit: carriedOut, unit, day: dayOf(held) };
  }
  for (const { unit, held, answered, came } of records.invitations) {
    yield { measure: 'MEETING_RESPONSE', hit: answered, unit, day: dayOf(held) };
    yield { measure: 'MEETING_ATTENDANCE', hit: came, unit, day: dayOf(held) };
  }
  for (const { unit, published, withdrawn, met, agreed } of records.needs) {
    const day = dayOf(Date.parse(published));
    if (met || !withdrawn) yield { measure: 'NEED_MET', hit: met, unit, day };
    if (agreed) yield { measure: 'TIME_TO_MATCH', amount: secondsBetween(published, agreed), unit, day };
  }
}

// Whole seconds, from times of up to nine digits of a second, of which six are kept.
function secondsBetween(from, to) {
  const micros = (time) => {
    const [, second, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(time);
    return BigInt(Date.parse(`${second}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  };
  return Number((micros(to) - micros(from)) / 1_000_000n);
}

const firstOf = {
  MONTH: (day) => `${day.slice(0, 7)}-01`,
  QUARTER: (day) => `${day.slice(0, 5)}${String(Math.ceil(Number(day.slice(5, 7)) / 3) * 3 - 2).padStart(2, '0')}-01`,
};

// What the group of a fact is called; undefined for none.
function keyOf(group, fact) {
  switch (group) {
    case 'UNIT':
      return fact.unit || undefined;
    case 'REQUEST_CATEGORY':
      return fact.measure.startsWith('REQUEST_') ? fact.category : undefined;
    case 'REQUEST_TYPE':
      return fact.measure.startsWith('REQUEST_') ? fact.type : undefined;
    case 'PROJECT_ORIGIN':
      return fact.origin;
    default:
      return firstOf[group](fact.day);
  }
}

// {total, rows}: what each measure comes to, in all and by group, as [numerator, denominator] and
// in rows by unit the place as well. Of `first` to `last`, days, as things stand at `now`.
export function recount(records, { group, first, last, now, wanted = () => true }) {
  const total = {};
  const rows = {};
  const add = (counts, { measure, hit, amount }) => {
    counts[measure] ??= [0, 0];
    counts[measure][0] += amount ?? (hit ? 1 : 0);
    counts[measure][1] += 1;
  };
  for (const fact of factsOf(records, now)) {
    if (fact.day < first || fact.day > last || !wanted(fact)) continue;
    add(total, fact);
    const key = keyOf(group, fact);
    if (key !== undefined) add((rows[key] ??= {}), fact);
  }
  if (group === 'UNIT') rank(rows);
  return { total, rows };
}

function rank(rows) {
  for (const measure of MEASURES) {
    if (UNRANKED.includes(measure)) continue;
    const places = Object.values(rows).map((counts) => counts[measure]).filter(Boolean);
    const better = ([n, d]) => places.filter(([n2, d2]) => n2 * d > n * d2).length;
    const ranks = places.map((counts) => better(counts) + 1);
    places.forEach((counts, i) => counts.push(ranks[i]));
  }
}

// GetEvaluation's answer in the same shape.
export function shapeOf({ total, rows = [] }) {
  const rates = (list = []) =>
    Object.fromEntries(
      list
        .filter(({ denominator = '0' }) => denominator !== '0')
        .map(({ measure, numerator = '0', denominator, rank }) => [
          measure.replace('MEASURE_', ''),
          [Number(numerator), Number(denominator), ...(rank ? [rank] : [])],
        ]),
    );
  const two = (n) => String(n).padStart(2, '0');
  const key = ({ member, requestCategory, requestType, projectOrigin, firstDay }) =>
    member ??
    requestCategory?.replace('REQUEST_CATEGORY_', '') ??
    requestType?.replace('REQUEST_TYPE_', '') ??
    projectOrigin?.replace('PROJECT_ORIGIN_', '') ??
    `${firstDay.year}-${two(firstDay.month)}-${two(firstDay.day)}`;
  return { total: rates(total), rows: Object.fromEntries(rows.map((row) => [key(row), rates(row.rates)])) };
}

// A day as the API takes it.
export function dateOf(day) {
  const [year, month, date] = day.split('-').map(Number);
  return { year, month, day: date };
}

export const dayFrom = ({ year, month, day }) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

export const daysLater = (time, days) => time + days * DAY;
