// Terms as the pages show them: how firm they are, where they lie, what a plan
// changes. Nothing here draws.
import {
  type ChairTerm,
  ChairTerm_State,
  type PlanCost,
  type RotationPlan,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { ms } from '@/lib/time';

export type Phase = 'draft' | 'published' | 'frozen' | 'current' | 'ended';

const phases: Record<ChairTerm_State, Phase> = {
  [ChairTerm_State.UNSPECIFIED]: 'draft',
  [ChairTerm_State.DRAFT]: 'draft',
  [ChairTerm_State.PUBLISHED]: 'published',
  [ChairTerm_State.FROZEN]: 'frozen',
  [ChairTerm_State.CURRENT]: 'current',
  [ChairTerm_State.ENDED]: 'ended',
};

export const phaseOf = (term: ChairTerm): Phase => phases[term.state] ?? 'draft';

// Who acts at a moment, where somebody stands in.
export function standInAt(term: ChairTerm, now: number) {
  return term.standIns.find((one) => ms(one.startTime) <= now && now < ms(one.endTime));
}

// Millionths of a full term, all to the same digit so that they can be compared: 1.00, 0.53.
export const inTerms = (micros: bigint): string => (Number(micros) / 1e6).toFixed(2);

export const costKinds = [
  'publishedChanges',
  'creditInversions',
  'spacingViolations',
  'unmetPreferences',
] as const;
export type CostKind = (typeof costKinds)[number];

// The parts of a cost that are not nothing, or by which it differs from `base`.
export function costParts(cost: PlanCost | undefined, base?: PlanCost) {
  if (!cost) return [];
  return costKinds
    .map((kind) => ({ kind, amount: cost[kind] - (base?.[kind] ?? 0n), delta: !!base }))
    .filter((part) => part.amount !== 0n);
}

// Which terms of `next` have another chair than in `base`, or are not in it.
export function changedTerms(base: readonly ChairTerm[], next: readonly ChairTerm[]) {
  const before = new Map(base.map((term) => [term.name, term]));
  return next
    .map((term) => ({ term, before: before.get(term.name) }))
    .filter((one) => one.before?.member !== one.term.member);
}

// What the plan says about each term in which it differs from what is published.
export function reasonsOf(plan: RotationPlan | undefined): Map<string, string> {
  return new Map((plan?.differences ?? []).map((one) => [one.term, one.reason]));
}
