// A rotation in memory, for tests: eight units, terms of half a year, the third
// under way. It answers by the contract as far as the tests look.
import { create } from '@bufbuild/protobuf';
import { Code, type ServiceImpl } from '@connectrpc/connect';
import type { Sector } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import {
  Alternative_Decided,
  Alternative_Obstacle,
  type ChairTerm,
  ChairTerm_State,
  ChairTermSchema,
  type RotationPlan,
  RotationPlanSchema,
  type TermSwap,
  TermSwap_State,
  TermSwapSchema,
  type Unavailability,
  UnavailabilitySchema,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import type {
  PlanRotationRequest,
  ProposeSwapRequest,
  PublishRotationRequest,
  RotationService,
} from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { dayOf, instant, ms, stamp } from '@/lib/time';
import { ALLIANCE, refusal } from './answers';

const ZONE = 'Asia/Shanghai';
export const unitName = (n: number) => `${ALLIANCE}/members/m${n}`;
export const unitLabel = (n: number) => `unit ${n}`;
export const units = Array.from({ length: 8 }, (_, i) => ({
  name: unitName(i + 1),
  displayName: unitLabel(i + 1),
  sector: ((i % 5) + 1) as Sector,
}));

// The first day of the half-year that is `n` after the one under way.
export function halfYear(n: number): string {
  const [year = 0, month = 1] = dayOf(Date.now(), ZONE).split('-').map(Number);
  const halves = year * 2 + (month > 6 ? 1 : 0) + n;
  return `${Math.floor(halves / 2)}-${halves % 2 ? '07' : '01'}-01`;
}

function termAt(n: number, state: ChairTerm_State, unit: number): ChairTerm {
  return create(ChairTermSchema, {
    name: `${ALLIANCE}/chairTerms/${halfYear(n)}`,
    startTime: stamp(instant(halfYear(n), 0, ZONE)),
    endTime: stamp(instant(halfYear(n + 1), 0, ZONE)),
    member: unitName(unit),
    memberDisplayName: unitLabel(unit),
    state,
    charterVersion: 1,
    cycle: 1,
    reason: 'planned',
  });
}

const { ENDED, CURRENT, FROZEN, PUBLISHED, DRAFT } = ChairTerm_State;
const SEED = '00ff'.repeat(16);

export interface FakeRotation {
  terms: ChairTerm[];
  swaps: TermSwap[];
  away: Unavailability[];
  draft?: RotationPlan;
  needsReplan: boolean;
  commitment: string;
  planned: PlanRotationRequest[];
  proposed: ProposeSwapRequest[];
  published: PublishRotationRequest[];
  // What PublishRotation refuses with, in order; then it publishes.
  refusals: ReturnType<typeof refusal>[];
}

export function newFakeRotation(): FakeRotation {
  const states = [ENDED, ENDED, CURRENT, FROZEN, PUBLISHED, PUBLISHED, PUBLISHED];
  return {
    terms: states.map((state, i) => termAt(i - 2, state, i + 1)),
    swaps: [],
    away: [],
    needsReplan: false,
    commitment: '6bd25f5d5bc8ca90d74d76e96509d85351800e38ce101abf0ffa81c8a7e755a7',
    planned: [],
    proposed: [],
    published: [],
    refusals: [],
  };
}

// As the server names deputy and adviser.
function withTrio(terms: ChairTerm[]): ChairTerm[] {
  return terms.map((term, i) =>
    create(ChairTermSchema, {
      ...term,
      deputy: terms[i + 1]?.member ?? '',
      adviser: terms[i - 1]?.member ?? '',
    }),
  );
}

export function rotationService(fake: FakeRotation): Partial<ServiceImpl<typeof RotationService>> {
  const find = (name: string) => {
    const term = fake.terms.find((one) => one.name === name);
    if (!term) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
    return term;
  };
  const plan = (request: PlanRotationRequest) => {
    const withdrawn = request.suppositions.map((one) => one.member);
    const start = fake.terms.findIndex((one) => one.state === CURRENT);
    const terms = Array.from({ length: request.termCount }, (_, i) => {
      const at = fake.terms[start + i];
      if (at && at.state !== PUBLISHED) return at;
      const held = at && !withdrawn.includes(at.member) ? Number(at.member.slice(-1)) : 8;
      return termAt(i, DRAFT, at ? held : ((i + 3) % 8) + 1);
    });
    return create(RotationPlanSchema, {
      terms,
      cost: { publishedChanges: 1n, creditInversions: 500_000n },
      charterVersion: 1,
      etag: `plan-${fake.planned.length}`,
      differences: terms.flatMap((term, i) => {
        const at = fake.terms[start + i];
        if (at?.member === term.member) return [];
        return [
          {
            term: term.name,
            publishedMember: at?.member ?? '',
            plannedMember: term.member,
            reason: at ? 'changed because' : 'added because',
          },
        ];
      }),
    });
  };
  return {
    getRotation: () => ({
      name: `${ALLIANCE}/rotation`,
      draft: fake.draft,
      seedCommitment: 'ab'.repeat(32),
      revealedSeeds: [
        { seed: SEED, commitment: fake.commitment, revealTime: stamp(Date.now() - 1000) },
      ],
      needsReplan: fake.needsReplan,
      replanReasons: fake.needsReplan ? ['unit 5 left'] : [],
      pool: units.map((unit, i) => ({
        member: unit.name,
        memberDisplayName: unit.displayName,
        creditMicros: BigInt(i) * 500_000n,
        lastChairTime: i < 3 ? stamp(Date.now()) : undefined,
        turnTaken: i < 3,
        eligible: i !== 7,
        obstacle: i === 7 ? 'on probation' : '',
      })),
      etag: 'r1',
    }),
    planRotation(request) {
      fake.planned.push(request);
      const made = plan(request);
      if (!request.validateOnly) fake.draft = made;
      return made;
    },
    publishRotation(request) {
      fake.published.push(request);
      const refused = fake.refusals.shift();
      if (refused) throw refused;
      fake.draft = undefined;
      return {};
    },
    getChairTerm: (request) => find(request.name),
    listChairTerms: (request) => ({
      chairTerms: withTrio(fake.terms)
        .filter((term) => !request.member || term.member === request.member)
        .filter((term) => ms(term.endTime) > ms(request.endAfter)),
    }),
    getActingChair() {
      const terms = withTrio(fake.terms);
      const term = terms.find((one) => one.state === CURRENT);
      if (!term) throw refusal(Code.FailedPrecondition, 'CHAIR_VACANT', 'zh vacant');
      return {
        term: term.name,
        member: term.member,
        memberDisplayName: term.memberDisplayName,
        chair: term.member,
        deputy: term.deputy,
        adviser: term.adviser,
        startTime: term.startTime,
        endTime: term.endTime,
      };
    },
    explainChairTerm: (request) => ({
      term: find(request.name),
      summary: `zh why ${request.draft ? 'draft' : 'published'}`,
      summaryEn: 'why',
      alternatives: [
        {
          member: unitName(7),
          memberDisplayName: unitLabel(7),
          decided: Alternative_Decided.LOTTERY,
          cost: { creditInversions: 100_000n },
          displacedTerms: 2,
          text: 'zh lottery',
        },
        {
          member: unitName(8),
          memberDisplayName: unitLabel(8),
          decided: Alternative_Decided.PUBLISHED_CHANGES,
          cost: { publishedChanges: 2n, creditInversions: 600_000n },
          displacedTerms: 3,
          text: 'zh published',
        },
        {
          member: unitName(1),
          memberDisplayName: unitLabel(1),
          obstacle: Alternative_Obstacle.TURN_TAKEN,
          text: 'zh turn taken',
        },
      ],
    }),
    declareUnavailability(request) {
      const { unavailability } = request;
      if (!unavailability) throw new Error('no unavailability');
      const made = create(UnavailabilitySchema, {
        ...unavailability,
        name: `${ALLIANCE}/unavailabilities/u${fake.away.length + 1}`,
      });
      fake.away.push(made);
      return made;
    },
    cancelUnavailability(request) {
      const at = fake.away.findIndex((one) => one.name === request.name);
      return fake.away.splice(at, 1)[0] ?? {};
    },
    listUnavailabilities: (request) => ({
      unavailabilities: fake.away.filter((one) => one.member === request.member),
    }),
    waiveTurn: (request) => ({ member: request.member, cycle: 1, reason: request.reason }),
    proposeSwap(request) {
      const swap = request.swap;
      if (!swap) throw new Error('no swap');
      const made = create(TermSwapSchema, {
        ...swap,
        name: `${ALLIANCE}/swaps/s${fake.swaps.length + 1}`,
        member: find(swap.term).member,
        memberDisplayName: find(swap.term).memberDisplayName,
        otherMember: find(swap.otherTerm).member,
        otherMemberDisplayName: find(swap.otherTerm).memberDisplayName,
        state: TermSwap_State.PROPOSED,
      });
      if (request.validateOnly) return made;
      fake.proposed.push(request);
      fake.swaps.push(made);
      return made;
    },
    answerSwap: (request) =>
      settle(request.name, request.accept ? TermSwap_State.ACCEPTED : TermSwap_State.DECLINED),
    approveSwap(request) {
      const swap = settle(
        request.name,
        request.reject ? TermSwap_State.REJECTED : TermSwap_State.APPROVED,
      );
      if (!request.reject) {
        const [one, other] = [find(swap.term), find(swap.otherTerm)];
        [one.member, other.member] = [other.member, one.member];
        [one.memberDisplayName, other.memberDisplayName] = [
          other.memberDisplayName,
          one.memberDisplayName,
        ];
      }
      return swap;
    },
    listSwaps: (request) => ({
      swaps: fake.swaps.filter((one) => !request.state || one.state === request.state),
    }),
    assignStandIn(request) {
      const term = find(request.name);
      const stood = {
        $typeName: 'jinhuan.alliance.v1.StandIn' as const,
        member: request.member || unitName(2),
        memberDisplayName: 'stand-in unit',
        startTime: term.startTime,
        endTime: term.endTime,
        reason: request.reason,
        replacement: false,
        automatic: !request.member,
        charterVersion: 1,
      };
      term.standIns.push(stood);
      return term;
    },
  };

  function settle(name: string, state: TermSwap_State): TermSwap {
    const swap = fake.swaps.find((one) => one.name === name);
    if (!swap) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
    swap.state = state;
    return swap;
  }
}
