#include "alliance-svc/domain/rotation_plan.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "alliance-svc/domain/rotation_oracle_test.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::rotation {
namespace {

using ::testing::IsEmpty;

constexpr int kAlliances = 1'000;

// Runs `check` on random alliances that have a plan, with it, until it has said of that
// many that they show what it looks for.
template <class Check>
void ForAlliances(const Variety& variety, Check check) {
  int shown = 0;
  for (uint64_t seed = 1; shown < kAlliances; ++seed) {
    ASSERT_LT(seed, 20U * kAlliances) << "too few show it";
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const Problem problem = RandomAlliance(variety, random);
    const absl::StatusOr<Plan> plan = MakePlan(problem);
    if (!plan.ok()) {
      ASSERT_EQ(ReasonOf(plan.status()), "ROTATION_POOL_EMPTY");
      continue;
    }
    if constexpr (std::is_void_v<decltype(check(problem, *plan, random))>) {
      check(problem, *plan, random);
      ++shown;
    } else {
      shown += check(problem, *plan, random) ? 1 : 0;
    }
    if (::testing::Test::HasFailure()) return;
  }
}

constexpr Variety kMiddling{.units = 14, .terms = 20};

void Publish(const Plan& plan, Problem& problem) { problem.published = Chairs(plan); }

const Unit* UnitOf(const Problem& problem, const std::string& member) {
  const auto unit = std::find_if(problem.units.begin(), problem.units.end(),
                                 [&](const Unit& u) { return u.member == member; });
  return unit == problem.units.end() ? nullptr : &*unit;
}

TEST(RotationPlan, IsTheOneThatTryingAllFinds) {
  int planned = 0;
  for (uint64_t seed = 1; seed <= 2'000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const Problem problem = RandomAlliance({}, random);
    const absl::StatusOr<Plan> plan = MakePlan(problem);
    const std::optional<Plan> expected = PlanByTryingAll(problem);
    ASSERT_EQ(plan.ok(), expected.has_value()) << plan.status();
    if (!plan.ok()) {
      EXPECT_EQ(ReasonOf(plan.status()), "ROTATION_POOL_EMPTY");
      continue;
    }
    ++planned;
    const auto costs = [](const Cost& cost) {
      return std::vector<int64_t>{cost.published_changes, cost.credit_inversions,
                                  cost.spacing_violations, cost.unmet_preferences};
    };
    ASSERT_EQ(costs(plan->cost), costs(expected->cost));
    ASSERT_EQ(Chairs(*plan), Chairs(*expected));
    ASSERT_EQ(plan->deferred, expected->deferred);
    for (int t = 0; t < problem.terms; ++t) {
      ASSERT_EQ(plan->places[t].cycle, expected->places[t].cycle) << t;
      ASSERT_EQ(plan->places[t].credit, expected->places[t].credit) << t;
    }
    ASSERT_THAT(Validate(problem, *plan), IsEmpty());
  }
  EXPECT_GE(planned, kAlliances);
}

TEST(RotationPlan, EachTermHasOneChairWhoCanServeThenOnceACycle) {
  ForAlliances(kMiddling, [](const Problem& problem, const Plan& plan, auto&) {
    ASSERT_EQ(static_cast<int>(plan.places.size()), problem.terms);
    std::set<std::pair<int, std::string>> turns;
    for (const Unit& unit : problem.units) {
      if (unit.turn_taken) turns.emplace(0, unit.member);
    }
    for (int t = 0; t < problem.terms; ++t) {
      if (!problem.frozen[t].empty()) turns.emplace(plan.places[t].cycle, problem.frozen[t]);
    }
    for (int t = 0; t < problem.terms; ++t) {
      const Place& place = plan.places[t];
      if (!problem.frozen[t].empty()) {
        EXPECT_EQ(place.member, problem.frozen[t]);
        continue;
      }
      const Unit* unit = UnitOf(problem, place.member);
      ASSERT_NE(unit, nullptr);
      EXPECT_TRUE(unit->can_serve[t]);
      EXPECT_TRUE(turns.emplace(place.cycle, place.member).second) << t;
    }
    EXPECT_THAT(Validate(problem, plan), IsEmpty());
  });
}

TEST(RotationPlan, CreditsStayWithinAFullTermWhenNobodyIsDeferred) {
  Variety variety = kMiddling;
  variety.frozen = variety.published = false;
  for (uint64_t seed = 1; seed <= kAlliances; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    Problem problem = RandomAlliance(variety, random);
    for (Unit& unit : problem.units) {
      unit.can_serve.assign(problem.terms, true);
      unit.credit = unit.turn_taken ? kFullTerm : 0;
    }
    const absl::StatusOr<Plan> plan = MakePlan(problem);
    ASSERT_TRUE(plan.ok()) << plan.status();
    std::map<std::string, Credit> credit;
    for (const Unit& unit : problem.units) credit[unit.member] = unit.credit;
    for (const Place& place : plan->places) {
      EXPECT_EQ(place.credit, credit[place.member]);
      credit[place.member] += kFullTerm;
      const auto [least, most] = std::minmax_element(
          credit.begin(), credit.end(), [](auto& a, auto& b) { return a.second < b.second; });
      ASSERT_LE(most->second - least->second, kFullTerm);
    }
  }
}

TEST(RotationPlan, FrozenTermsStandWhateverHappens) {
  ForAlliances(kMiddling, [](Problem problem, const Plan& plan, auto& random) {
    Publish(plan, problem);
    for (int t = 0; t < problem.terms; ++t) {
      if (random() % 3 == 0) problem.frozen[t] = plan.places[t].member;
    }
    problem.units.erase(problem.units.begin() + random() % problem.units.size());
    for (Unit& unit : problem.units) unit.can_serve[random() % problem.terms] = random() % 2 == 0;
    const absl::StatusOr<Plan> again = MakePlan(problem);
    if (!again.ok()) return false;
    for (int t = 0; t < problem.terms; ++t) {
      if (!problem.frozen[t].empty()) {
        EXPECT_EQ(again->places[t].member, problem.frozen[t]);
      }
    }
    EXPECT_THAT(Validate(problem, *again), IsEmpty());
    return true;
  });
}

TEST(RotationPlan, ReplanningWithoutAChangeChangesNothing) {
  ForAlliances(kMiddling, [](Problem problem, const Plan& plan, auto& random) {
    Publish(plan, problem);
    const absl::StatusOr<Plan> again = MakePlan(problem);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(Chairs(*again), Chairs(plan));
    // Nor when terms freeze as they were planned.
    for (int t = 0; t < problem.terms; ++t) {
      if (random() % 3 == 0) problem.frozen[t] = plan.places[t].member;
    }
    const absl::StatusOr<Plan> frozen = MakePlan(problem);
    ASSERT_TRUE(frozen.ok()) << frozen.status();
    EXPECT_EQ(Chairs(*frozen), Chairs(plan));
    for (int t = 0; t < problem.terms; ++t) {
      EXPECT_EQ(frozen->places[t].cycle, plan.places[t].cycle) << t;
    }
  });
}

TEST(RotationPlan, SwappingTwiceRestores) {
  ForAlliances({.units = 14, .terms = 20, .frozen = false},
               [&](const Problem& problem, const Plan& plan, auto& random) {
                 // Two terms of a cycle whose chairs can change places.
                 const int one = static_cast<int>(random() % problem.terms);
                 int other = -1;
                 for (int t = 0; t < problem.terms; ++t) {
                   if (t != one && plan.places[t].cycle == plan.places[one].cycle &&
                       UnitOf(problem, plan.places[t].member)->can_serve[one] &&
                       UnitOf(problem, plan.places[one].member)->can_serve[t]) {
                     other = t;
                   }
                 }
                 if (other < 0) return false;
                 const auto swap = [&](const Plan& before) {
                   Problem agreed = problem;
                   Publish(before, agreed);
                   std::swap(agreed.published[one], agreed.published[other]);
                   agreed.frozen[one] = agreed.published[one];
                   agreed.frozen[other] = agreed.published[other];
                   return MakePlan(agreed);
                 };
                 const absl::StatusOr<Plan> once = swap(plan);
                 EXPECT_TRUE(once.ok()) << once.status();
                 if (!once.ok()) return false;
                 EXPECT_EQ(once->places[one].member, plan.places[other].member);
                 EXPECT_EQ(once->cost.published_changes, 0);
                 const absl::StatusOr<Plan> twice = swap(*once);
                 EXPECT_TRUE(twice.ok()) << twice.status();
                 if (twice.ok()) {
                   EXPECT_EQ(Chairs(*twice), Chairs(plan));
                 }
                 return true;
               });
}

TEST(RotationPlan, AnUnscheduledUnitLeavesUnnoticed) {
  ForAlliances({.units = 30, .terms = 12}, [&](Problem problem, const Plan& plan, auto&) {
    Publish(plan, problem);
    const auto gone = std::find_if(problem.units.begin(), problem.units.end(), [&](const Unit& u) {
      return std::none_of(plan.places.begin(), plan.places.end(),
                          [&](const Place& place) { return place.member == u.member; });
    });
    if (gone == problem.units.end()) return false;
    problem.units.erase(gone);
    const absl::StatusOr<Plan> again = MakePlan(problem);
    EXPECT_TRUE(again.ok()) << again.status();
    if (again.ok()) {
      EXPECT_EQ(Chairs(*again), Chairs(plan));
    }
    return true;
  });
}

TEST(RotationPlan, TheOrderOfTheUnitsDoesNotMatter) {
  ForAlliances(kMiddling, [](Problem problem, const Plan& plan, auto& random) {
    std::shuffle(problem.units.begin(), problem.units.end(), random);
    const absl::StatusOr<Plan> again = MakePlan(problem);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(Chairs(*again), Chairs(plan));
    EXPECT_EQ(again->deferred, plan.deferred);
    EXPECT_TRUE(again->cost == plan.cost);
  });
}

TEST(RotationPlan, NamesTheTermThatNobodyCanTake) {
  Problem problem;
  problem.terms = 3;
  problem.frozen = {"gone", "", ""};
  problem.published.resize(3);
  problem.units = {
      {.member = "a", .can_serve = {false, true, false}, .prefers_not = {false, false, false}}};
  const absl::Status status = MakePlan(problem).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "ROTATION_POOL_EMPTY");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("2"));
}

TEST(RotationPlan, GivesUpWhenTheEffortIsSpent) {
  // Two of three units are of one sector, so the first bound can't settle it.
  Problem problem;
  problem.terms = 3;
  problem.spread_window = 2;
  problem.frozen.resize(3);
  problem.published.resize(3);
  for (const char* member : {"a", "b", "c"}) {
    problem.units.push_back(
        {.member = member, .can_serve = {true, true, true}, .prefers_not = {true, true, true}});
  }
  EXPECT_TRUE(MakePlan(problem).ok());
  const absl::Status status = MakePlan(problem, 0).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "ROTATION_TOO_HARD");
}

TEST(RotationPlan, NoTermsNoPlaces) {
  const absl::StatusOr<Plan> plan = MakePlan({});
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->places, IsEmpty());
  EXPECT_THAT(Validate({}, *plan), IsEmpty());
}

}  // namespace
}  // namespace jinhuan::alliance::rotation
