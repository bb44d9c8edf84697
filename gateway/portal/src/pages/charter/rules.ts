// The rules of a charter in words, line by line: for reading, and for comparing
// one version with another.
import type { TFunction } from 'i18next';
import {
  type Charter,
  ItemKind,
  type ItemRule,
  QuotaHolder,
  QuotaSpan,
  VoteBase,
} from '@/gen/jinhuan/alliance/v1/charter_pb';
import { tiers } from '@/lib/enums';
import { yearsOf } from './holidays';

export const itemKinds = [
  ItemKind.ORDINARY,
  ItemKind.MAJOR,
  ItemKind.CHARTER,
  ItemKind.PERSONNEL,
  ItemKind.REPORT,
] as const;
export const voteBases = [VoteBase.PRESENT, VoteBase.ENTITLED, VoteBase.CAST] as const;
export const quotaHolders = [QuotaHolder.PERSON, QuotaHolder.UNIT] as const;
export const quotaSpans = [QuotaSpan.DAY, QuotaSpan.WEEK, QuotaSpan.MONTH] as const;

export interface Line {
  key: string;
  label: string;
  text: string;
  // Where there is no rule, nothing need be said.
  none?: boolean;
}

export interface Section {
  key: 'rotation' | 'meeting' | 'quotas' | 'clocks' | 'holidays';
  lines: Line[];
}

const rotationFields = [
  'termMonths',
  'probationDays',
  'maxDeferrals',
  'spreadWindow',
  'noticeDays',
  'replacementPercent',
  'swapDays',
] as const;
const clockFields = [
  'simpleRequestDays',
  'ordinaryRequestDays',
  'difficultRequestDays',
  'supervisionAnswerDays',
] as const;

// From what a value on means that there is no such rule.
const NO_RULE: Partial<Record<string, number>> = {
  probationDays: 0,
  maxDeferrals: 0,
  spreadWindow: 1,
  maxProxies: 0,
};

function itemText(rule: ItemRule, t: TFunction): string {
  const ratio = (of: ItemRule['quorum']) => `${of?.numerator ?? 0}/${of?.denominator ?? 1}`;
  return [
    t('charter.item.quorum', { ratio: ratio(rule.quorum) }),
    rule.majorityInclusive && rule.majority?.numerator === 0
      ? t('charter.item.anyCount')
      : t(rule.majorityInclusive ? 'charter.item.atLeast' : 'charter.item.moreThan', {
          base: t(`charter.base.${rule.majorityBase}`),
          ratio: ratio(rule.majority),
        }),
    t(rule.secret ? 'charter.item.secret' : 'charter.item.open'),
  ].join(t('charter.item.and'));
}

export function sectionsOf(charter: Charter, t: TFunction): Section[] {
  const { rotation, meeting, bookingQuotas, clocks, holidays } = charter;
  const line = (section: string, field: string, n: number): Line => ({
    key: field,
    label: t(`charter.${section}.${field}.label`),
    text:
      n === NO_RULE[field]
        ? t(`charter.${section}.${field}.none`)
        : t(`charter.${section}.${field}.text`, { count: n }),
  });
  const comma = t('list.comma');
  const ordinary = meeting?.itemRules.some((rule) => rule.kind === ItemKind.ORDINARY);
  return [
    {
      key: 'rotation',
      lines: [
        {
          key: 'poolTiers',
          label: t('charter.rotation.poolTiers.label'),
          text: (rotation?.poolTiers ?? []).map((tier) => t(`members.tier.${tier}`)).join(comma),
        },
        ...rotationFields.map((field) => line('rotation', field, rotation?.[field] ?? 0)),
      ],
    },
    {
      key: 'meeting',
      lines: [
        line('meeting', 'noticeDays', meeting?.noticeDays ?? 0),
        line('meeting', 'topicDays', meeting?.topicDays ?? 0),
        {
          key: 'weights',
          label: t('charter.meeting.weights.label'),
          text: tiers
            .map((tier) =>
              t('charter.meeting.weights.text', {
                tier: t(`members.tier.${tier}`),
                n: meeting?.tierWeights.find((one) => one.tier === tier)?.votes ?? 1,
              }),
            )
            .join(comma),
        },
        line('meeting', 'maxProxies', meeting?.maxProxies ?? 0),
        ...itemKinds.map((kind) => {
          const rule = meeting?.itemRules.find((one) => one.kind === kind);
          return {
            key: `item${kind}`,
            label: t(`charter.kind.${kind}`),
            text: rule ? itemText(rule, t) : ordinary ? t('charter.item.asOrdinary') : '–',
          };
        }),
      ],
    },
    {
      key: 'quotas',
      lines: quotaHolders.flatMap((holder) =>
        quotaSpans.map((span) => {
          const quota = bookingQuotas.find((one) => one.holder === holder && one.span === span);
          return {
            key: `${holder}.${span}`,
            label: `${t(`charter.holder.${holder}`)} · ${t(`charter.span.${span}`)}`,
            text: quota
              ? t('charter.quotas.text', { count: quota.limit })
              : t('charter.quotas.none'),
            none: !quota,
          };
        }),
      ),
    },
    {
      key: 'clocks',
      lines: clockFields.map((field) => ({
        key: field,
        label: t(`charter.clocks.${field}`),
        text: t('charter.clocks.text', { count: clocks?.[field] ?? 0 }),
      })),
    },
    {
      key: 'holidays',
      lines: yearsOf(holidays).flatMap(({ year, festivals, worked }) => [
        {
          key: String(year),
          label: t('charter.year', { year }),
          text: t('charter.holidays.known'),
        },
        ...festivals.map(({ name, from, to }, i) => ({
          key: `${year} ${name} ${festivals.slice(0, i).filter((one) => one.name === name).length}`,
          label: `${year} ${name}`,
          text: from === to ? from : t('charter.holidays.range', { from, to }),
        })),
        {
          key: `${year} worked`,
          label: t('charter.holidays.worked', { year }),
          text: worked.join(comma) || '–',
        },
      ]),
    },
  ];
}

export interface Change {
  key: string;
  label: string;
  // '' for what one of the two versions does not have.
  before: string;
  after: string;
}

// What differs, by section; sections that are alike are left out.
export function changesOf(
  before: readonly Section[],
  after: readonly Section[],
): { key: Section['key']; changes: Change[] }[] {
  return after.flatMap(({ key, lines }) => {
    const old = new Map(
      before.find((section) => section.key === key)?.lines.map((line) => [line.key, line]),
    );
    const changed = lines.flatMap((line) => {
      const was = old.get(line.key);
      old.delete(line.key);
      if (was?.text === line.text) return [];
      return [{ key: line.key, label: line.label, before: was?.text ?? '', after: line.text }];
    });
    const gone = [...old.values()].map((line) => ({
      key: line.key,
      label: line.label,
      before: line.text,
      after: '',
    }));
    const changes = [...changed, ...gone];
    return changes.length > 0 ? [{ key, changes }] : [];
  });
}
