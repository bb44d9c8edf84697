#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace jinhuan::alliance::rotation {

// Credit for time in the chair, in millionths of a full term.
using Credit = int64_t;
inline constexpr Credit kFullTerm = 1'000'000;

// A unit of the pool, as it stands when the horizon begins.
struct Unit {
  // Its resource name: the identity, and the order of last resort.
  std::string member;
  // Units of one sector should not follow each other; any number.
  int sector = 0;
  // What it has earned before the horizon begins.
  Credit credit = 0;
  // Since when it waits, in days of any epoch: the end of its last term, or the day
  // it became eligible. Smaller goes first.
  int64_t waiting_since = 0;
  // Its place in the lottery that the published seed decides. Smaller goes first.
  uint64_t lottery = 0;
  // Whether it has served or waived already in the cycle that is under way when
  // the horizon begins.
  bool turn_taken = false;
  // By term: whether it may chair then, that is, is eligible when the term begins
  // and has declared nothing that prevents it.
  std::vector<bool> can_serve;
  // By term: whether it asked not to have this one.
  std::vector<bool> prefers_not;
};

// What a plan is made from. Terms are numbered from 0; nothing here knows dates.
struct Problem {
  int terms = 0;
  // At most one chair of a sector in any so many terms running; 1: no such wish.
  int spread_window = 1;
  // In any order; the plan does not depend on it.
  std::vector<Unit> units;
  // The sectors of the terms just before the horizon, the last one last.
  std::vector<int> sectors_before;
  // By term: the member whose term is frozen, "" where it is free. A frozen term
  // stands even when its unit may not serve, or is not among the units.
  std::vector<std::string> frozen;
  // By term: the member that was published, "" where nothing is.
  std::vector<std::string> published;
};

// What a plan costs; compared in this order (product rule: replanning minimises).
struct Cost {
  // Published terms that get another chair.
  int64_t published_changes = 0;
  // Credit inversions, weighted: for each two units of a cycle of which the one with
  // the higher credit goes first, the difference of their credits. In the cycle that
  // the horizon cuts off, where some are left out: term by term, what those who went
  // so far hold beyond the least that as many units of the cycle could hold, summed
  // up (in a whole cycle that is the same number). 0 means "strictly by credit".
  // Frozen terms and their chairs don't count.
  int64_t credit_inversions = 0;
  // Terms whose sector also holds one of the spread_window - 1 terms before.
  int64_t spacing_violations = 0;
  // Terms whose chair asked not to have them.
  int64_t unmet_preferences = 0;

  auto operator<=>(const Cost&) const = default;
};

// Who chairs one term.
struct Place {
  std::string member;
  // The cycle, 0 for the one that is under way when the horizon begins.
  int cycle = 0;
  // The chair's credit when the term begins.
  Credit credit = 0;
};

struct Plan {
  std::vector<Place> places;  // by term
  // By cycle: the members that can serve in some free term of it, have had no turn in
  // it, and are passed over because they can't serve where they would be left (rule 9) or
  // a frozen second turn ends it, sorted by name. Empty for the cycle that the horizon cuts off.
  // The first cycle may have no term at all, if all its turns are taken when the horizon begins.
  std::vector<std::vector<std::string>> deferred;
  Cost cost;
};

// The best plan, proven:
//
// 1. Hard rules. Frozen terms stand. Each other term goes to a unit that can serve then
//    and has had no turn in the term's cycle. The cycles come first, whatever the rest
//    costs: a cycle is the longest run of terms of which the free ones can go to
//    different units without a turn (the chairs of its frozen terms have theirs there)
//    and no frozen one is a unit's second turn. A cycle that ends inside the horizon passes over,
//    of those that can serve in it, the last ones that such a matching allows, in the order of
//    credit when the cycle begins, then wait, lottery and name as given; one that the horizon cuts
//    off may leave out anybody.
// 2. Of all plans that keep them, the least Cost.
// 3. Of those, the one in which, at the first term that differs, the chair stands first
//    in the order: lowest credit, longest wait, lottery, name, as they are when that
//    term begins (who chaired in the horizon waits since then; every term is full).
//
// The result does not depend on the order of the units. `problem` has as many entries by
// term everywhere as it has terms, different names, credits below 10^12. Errors:
// FAILED_PRECONDITION / ROTATION_POOL_EMPTY naming (from 0) the first term that nobody
// can take; RESOURCE_EXHAUSTED / ROTATION_TOO_HARD when the proof is not done after
// computing `effort` bounds. Pure, deterministic and thread-safe.
absl::StatusOr<Plan> MakePlan(const Problem& problem, int64_t effort = 100'000);

// What is wrong with `places` as a plan for `problem`, one line each, in English for
// logs and tests; empty when nothing is. Written from the rules alone and without a
// line of the planner, so that it can check every plan again before anyone sees it.
std::vector<std::string> Validate(const Problem& problem, const Plan& plan);

// What it would take to give a term to somebody else.
struct Alternative {
  std::string member;
  // Why it can't be at all: the term is frozen, the unit can't serve then, or has had
  // its turn in the term's cycle before the horizon or in a frozen term. `cost`,
  // `displaced` and `decided` are then not set.
  enum class Obstacle { kNone, kFrozen, kNotEligible, kTurnTaken } obstacle = Obstacle::kNone;
  // What the best plan with this unit in that term costs: the one that MakePlan gives
  // when nobody else can take the term.
  Cost cost;
  // How many terms of the horizon get another chair in it than in `plan`.
  int displaced = 0;
  // The first point in which the plan is better than this alternative.
  enum class Decided {
    kCycle,  // with it a cycle would end elsewhere, or pass over another unit
    kPublishedChanges,
    kCreditInversions,
    kSpacing,
    kPreference,
    kCredit,   // equal in cost: lower credit goes first
    kWait,     // ... longer wait
    kLottery,  // ... published seed, or the name
  } decided = Decided::kCreditInversions;
};

// For each unit but the chair of `term` what it would take to put it there, best
// first: how a term explains itself. `plan` is MakePlan's for `problem`. Errors: as
// MakePlan.
absl::StatusOr<std::vector<Alternative>> Alternatives(const Problem& problem, const Plan& plan,
                                                      int term, int64_t effort = 100'000);

}  // namespace jinhuan::alliance::rotation
