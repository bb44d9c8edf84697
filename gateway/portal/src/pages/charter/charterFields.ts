// The form of a charter. Its fields are named as the server names them in the
// request, without `charter.`, so that what the server says finds its place; what
// the server counts in a list is named here by what it is about.
import type { MessageInitShape } from '@bufbuild/protobuf';
import { Tier } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import {
  type Charter,
  type CharterSchema,
  ItemKind,
  VoteBase,
} from '@/gen/jinhuan/alliance/v1/charter_pb';
import { apiDate } from '@/lib/date';
import { tiers } from '@/lib/enums';
import { type HolidayYear, tableOf, yearsOf } from './holidays';
import { itemKinds, quotaHolders, quotaSpans } from './rules';

type Value = string | boolean | number[] | HolidayYear[] | undefined;
export type Fields = Record<string, Value>;

interface NumberField {
  name: string;
  min: number;
  max: number;
}

export const rotationNumbers: NumberField[] = [
  { name: 'rotation.term_months', min: 1, max: 24 },
  { name: 'rotation.probation_days', min: 0, max: 3650 },
  { name: 'rotation.max_deferrals', min: 0, max: 10 },
  { name: 'rotation.spread_window', min: 1, max: 8 },
  { name: 'rotation.notice_days', min: 0, max: 365 },
  { name: 'rotation.replacement_percent', min: 1, max: 100 },
  { name: 'rotation.swap_days', min: 1, max: 90 },
];
export const meetingNumbers: NumberField[] = [
  { name: 'meeting.notice_days', min: 0, max: 90 },
  { name: 'meeting.topic_days', min: 0, max: 90 },
  { name: 'meeting.max_proxies', min: 0, max: 5 },
];
export const clockNumbers: NumberField[] = [
  { name: 'clocks.simple_request_days', min: 1, max: 250 },
  { name: 'clocks.ordinary_request_days', min: 1, max: 250 },
  { name: 'clocks.difficult_request_days', min: 1, max: 250 },
  { name: 'clocks.supervision_answer_days', min: 1, max: 250 },
];

export const weightField = (tier: Tier) => `meeting.tier_weights.${tier}`;
export const itemField = (kind: ItemKind, part: string) => `meeting.item_rules.${kind}.${part}`;
export const quotaField = (holder: number, span: number) => `booking_quotas.${holder}.${span}`;

export const camel = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

// The numbers of one message by their fields' names.
function numbersOf(fields: readonly NumberField[], from: object | undefined): Fields {
  const values = (from ?? {}) as Record<string, number>;
  return Object.fromEntries(
    fields.map(({ name }) => [name, String(values[camel(name.split('.')[1] ?? '')] ?? '')]),
  );
}

function toNumbers(fields: readonly NumberField[], from: Fields): Record<string, number> {
  return Object.fromEntries(
    fields.map(({ name }) => [camel(name.split('.')[1] ?? ''), whole(from[name])]),
  );
}

const whole = (value: Value) => Math.trunc(Number(value)) || 0;

export function fieldsOf(charter: Charter): Fields {
  const { rotation, meeting, bookingQuotas, clocks, holidays } = charter;
  const fields: Fields = {
    effective_date: '',
    decision: '',
    summary: '',
    ...numbersOf(rotationNumbers, rotation),
    'rotation.pool_tiers': [...(rotation?.poolTiers ?? [])],
    ...numbersOf(meetingNumbers, meeting),
    ...numbersOf(clockNumbers, clocks),
    holidays: yearsOf(holidays),
  };
  for (const tier of tiers) {
    const weight = meeting?.tierWeights.find((one) => one.tier === tier);
    fields[weightField(tier)] = String(weight?.votes ?? 1);
  }
  for (const kind of itemKinds) {
    const rule = meeting?.itemRules.find((one) => one.kind === kind);
    const set = (part: string, value: Value) => {
      fields[itemField(kind, part)] = value;
    };
    set('own', rule !== undefined);
    set('quorum.numerator', String(rule?.quorum?.numerator ?? 1));
    set('quorum.denominator', String(rule?.quorum?.denominator ?? 2));
    set('majority.numerator', String(rule?.majority?.numerator ?? 1));
    set('majority.denominator', String(rule?.majority?.denominator ?? 2));
    set('majority_base', String(rule?.majorityBase || VoteBase.PRESENT));
    set('majority_inclusive', String(rule?.majorityInclusive ?? false));
    set('secret', rule?.secret ?? false);
  }
  for (const holder of quotaHolders) {
    for (const span of quotaSpans) {
      const quota = bookingQuotas.find((one) => one.holder === holder && one.span === span);
      fields[quotaField(holder, span)] = quota ? String(quota.limit) : '';
    }
  }
  return fields;
}

// The kinds that have a rule of their own, as they are sent.
const kindsOf = (fields: Fields) => itemKinds.filter((kind) => fields[itemField(kind, 'own')]);
const quotasOf = (fields: Fields) =>
  quotaHolders.flatMap((holder) =>
    quotaSpans
      .map((span) => ({ holder, span, name: quotaField(holder, span) }))
      .filter(({ name }) => String(fields[name] ?? '').trim() !== ''),
  );

export function toCharter(fields: Fields): MessageInitShape<typeof CharterSchema> {
  const text = (name: string) => String(fields[name] ?? '').trim();
  const day = text('effective_date');
  return {
    effectiveDate: day ? apiDate(day) : undefined,
    decision: text('decision'),
    summary: text('summary'),
    rotation: {
      ...toNumbers(rotationNumbers, fields),
      poolTiers: ((fields['rotation.pool_tiers'] as number[] | undefined) ?? []).toSorted(),
    },
    meeting: {
      ...toNumbers(meetingNumbers, fields),
      itemRules: kindsOf(fields).map((kind) => {
        const of = (part: string) => fields[itemField(kind, part)];
        return {
          kind,
          quorum: {
            numerator: whole(of('quorum.numerator')),
            denominator: whole(of('quorum.denominator')),
          },
          majority: {
            numerator: whole(of('majority.numerator')),
            denominator: whole(of('majority.denominator')),
          },
          majorityBase: whole(of('majority_base')),
          majorityInclusive: of('majority_inclusive') === 'true',
          secret: of('secret') === true,
        };
      }),
      tierWeights: tiers.map((tier) => ({ tier, votes: whole(fields[weightField(tier)]) })),
    },
    bookingQuotas: quotasOf(fields).map(({ holder, span, name }) => ({
      holder,
      span,
      limit: whole(fields[name]),
    })),
    clocks: toNumbers(clockNumbers, fields),
    holidays: tableOf((fields.holidays as HolidayYear[] | undefined) ?? []),
  };
}

// The field of the form that a path of the request belongs to.
export function fieldAt(path: string, fields: Fields): string {
  const inside = path.replace(/^charter\./, '');
  const [, list, index, rest = ''] =
    /^(meeting\.item_rules|meeting\.tier_weights|booking_quotas)\[(\d+)\]\.?(.*)$/.exec(inside) ??
    [];
  const at = Number(index);
  if (list === 'meeting.item_rules') {
    const kind = kindsOf(fields)[at] ?? ItemKind.ORDINARY;
    if (rest === 'quorum' || rest === 'majority') return itemField(kind, `${rest}.numerator`);
    return itemField(kind, rest);
  }
  if (list === 'meeting.tier_weights') return weightField(tiers[at] ?? Tier.ORDINARY);
  if (list === 'booking_quotas') return quotasOf(fields)[at]?.name ?? inside;
  return inside;
}

// Takes over what another version says, except where the reader changed something.
export function merged(before: Fields, now: Fields, fresh: Fields): Fields {
  const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(
    Object.entries(fresh).map(([name, value]) => [
      name,
      same(now[name], before[name]) ? value : now[name],
    ]),
  );
}
