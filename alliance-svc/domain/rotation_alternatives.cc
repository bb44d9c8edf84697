#include <algorithm>
#include <tuple>

#include "alliance-svc/domain/rotation_planner.h"

namespace jinhuan::alliance::rotation {
namespace {

using Decided = Alternative::Decided;
using Obstacle = Alternative::Obstacle;

bool SameCycles(const Plan& one, const Plan& other) {
  return one.deferred == other.deferred &&
         std::equal(one.places.begin(), one.places.end(), other.places.begin(),
                    [](const Place& a, const Place& b) { return a.cycle == b.cycle; });
}

// Whether the unit has its turn in the term's cycle whatever happens.
bool TurnTaken(const Problem& problem, const Plan& plan, const Unit& unit, int term) {
  const int cycle = plan.places[term].cycle;
  if (cycle == 0 && unit.turn_taken) return true;
  for (int t = 0; t < problem.terms; ++t) {
    if (problem.frozen[t] == unit.member && plan.places[t].cycle == cycle) return true;
  }
  return false;
}

// What tells the chairs of the first term that differs apart: both plans are the same
// before it.
Decided FirstDifference(const Problem& problem, const Plan& plan, const Plan& other) {
  int term = 0;
  while (plan.places[term].member == other.places[term].member) ++term;
  const Place& chair = plan.places[term];
  const Place& instead = other.places[term];
  if (chair.credit != instead.credit) return Decided::kCredit;
  const auto wait = [&](const std::string& member) {
    for (int t = term - 1; t >= 0; --t) {
      if (plan.places[t].member == member) return std::tuple(1, int64_t{t});
    }
    const auto unit = std::find_if(problem.units.begin(), problem.units.end(),
                                   [&](const Unit& u) { return u.member == member; });
    return std::tuple(0, unit->waiting_since);
  };
  return wait(chair.member) != wait(instead.member) ? Decided::kWait : Decided::kLottery;
}

Decided WhatDecided(const Problem& problem, const Plan& plan, const Plan& other) {
  if (!SameCycles(plan, other)) return Decided::kCycle;
  const Cost& a = plan.cost;
  const Cost& b = other.cost;
  if (a.published_changes != b.published_changes) return Decided::kPublishedChanges;
  if (a.credit_inversions != b.credit_inversions) return Decided::kCreditInversions;
  if (a.spacing_violations != b.spacing_violations) return Decided::kSpacing;
  if (a.unmet_preferences != b.unmet_preferences) return Decided::kPreference;
  return FirstDifference(problem, plan, other);
}

int Displaced(const Plan& plan, const Plan& other) {
  int displaced = 0;
  for (size_t t = 0; t < plan.places.size(); ++t) {
    displaced += plan.places[t].member != other.places[t].member ? 1 : 0;
  }
  return displaced;
}

}  // namespace

absl::StatusOr<std::vector<Alternative>> Alternatives(const Problem& problem, const Plan& plan,
                                                      int term, int64_t effort) {
  std::vector<Alternative> alternatives;
  for (const Unit& unit : problem.units) {
    if (unit.member == plan.places[term].member) continue;
    Alternative& alternative = alternatives.emplace_back();
    alternative.member = unit.member;
    if (!problem.frozen[term].empty()) {
      alternative.obstacle = Obstacle::kFrozen;
    } else if (!unit.can_serve[term]) {
      alternative.obstacle = Obstacle::kNotEligible;
    } else if (TurnTaken(problem, plan, unit, term)) {
      alternative.obstacle = Obstacle::kTurnTaken;
    } else {
      const absl::StatusOr<Plan> other = MakePlanWith(problem, {term, unit.member}, effort);
      if (!other.ok()) return other.status();
      alternative.cost = other->cost;
      alternative.displaced = Displaced(plan, *other);
      alternative.decided = WhatDecided(problem, plan, *other);
    }
  }
  // Those of other cycles cost what can't be compared, so they come after the rest.
  const auto rank = [](const Alternative& a) {
    return std::tuple(a.obstacle, a.decided == Decided::kCycle, a.cost, a.displaced, a.member);
  };
  std::sort(alternatives.begin(), alternatives.end(),
            [&](const Alternative& a, const Alternative& b) { return rank(a) < rank(b); });
  return alternatives;
}

}  // namespace jinhuan::alliance::rotation
