// A charter, for tests.
import { create } from '@bufbuild/protobuf';
import { Tier } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import {
  CharterSchema,
  ItemKind,
  QuotaHolder,
  QuotaSpan,
  VoteBase,
} from '@/gen/jinhuan/alliance/v1/charter_pb';

export const charter = create(CharterSchema, {
  version: 3,
  rotation: {
    termMonths: 6,
    poolTiers: [Tier.STANDING, Tier.COUNCIL],
    probationDays: 180,
    maxDeferrals: 1,
    spreadWindow: 2,
    noticeDays: 30,
    replacementPercent: 50,
    swapDays: 10,
  },
  meeting: {
    noticeDays: 7,
    topicDays: 14,
    maxProxies: 1,
    itemRules: [
      {
        kind: ItemKind.ORDINARY,
        quorum: { numerator: 2, denominator: 3 },
        majority: { numerator: 1, denominator: 2 },
        majorityBase: VoteBase.PRESENT,
      },
      {
        kind: ItemKind.CHARTER,
        quorum: { numerator: 2, denominator: 3 },
        majority: { numerator: 2, denominator: 3 },
        majorityBase: VoteBase.ENTITLED,
        majorityInclusive: true,
        secret: true,
      },
    ],
    tierWeights: [
      { tier: Tier.STANDING, votes: 1 },
      { tier: Tier.COUNCIL, votes: 1 },
      { tier: Tier.ORDINARY, votes: 1 },
    ],
  },
  bookingQuotas: [{ holder: QuotaHolder.UNIT, span: QuotaSpan.WEEK, limit: 40 }],
  clocks: {
    simpleRequestDays: 3,
    ordinaryRequestDays: 10,
    difficultRequestDays: 20,
    supervisionAnswerDays: 5,
  },
  holidays: {
    years: [2026],
    holidays: [{ date: { year: 2026, month: 1, day: 1 }, displayName: 'new' }],
    workedWeekendDays: [{ year: 2026, month: 1, day: 4 }],
  },
});
