#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "alliance-svc/domain/rotation_oracle_test.h"

namespace jinhuan::alliance::rotation {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Four units: "m0" can't serve after the first term, "m3" had its turn, the rest can
// always serve.
class RotationValidator : public ::testing::Test {
 protected:
  RotationValidator() {
    problem_.terms = 6;
    problem_.spread_window = 2;
    problem_.frozen.resize(6);
    problem_.published.resize(6);
    for (int i = 0; i < 4; ++i) {
      problem_.units.push_back({.member = "m" + std::to_string(i),
                                .sector = i,
                                .credit = i * kFullTerm / 4,
                                .turn_taken = i == 3,
                                .can_serve = std::vector<bool>(6, i > 0),
                                .prefers_not = std::vector<bool>(6, false)});
    }
    problem_.units[0].can_serve[0] = true;
    problem_.frozen[1] = "m2";
    plan_ = *MakePlan(problem_);
  }

  // What is said after the change.
  std::vector<std::string> After(const std::function<void(Plan&)>& change) {
    Plan plan = plan_;
    change(plan);
    return Validate(problem_, plan);
  }

  Problem problem_;
  Plan plan_;
};

TEST_F(RotationValidator, HasNothingAgainstThePlan) {
  EXPECT_THAT(Chairs(plan_), testing::ElementsAre("m0", "m2", "m1", "m3", "m1", "m2"));
  EXPECT_THAT(Validate(problem_, plan_), IsEmpty());
}

TEST_F(RotationValidator, CatchesEveryWrongField) {
  EXPECT_THAT(After([](Plan& p) { p.places.pop_back(); }),
              Contains(HasSubstr("5 places for 6 terms")));
  EXPECT_THAT(After([](Plan& p) { p.places[2].cycle = 1; }), Contains(HasSubstr("of cycle 0")));
  EXPECT_THAT(After([](Plan& p) { ++p.places[4].credit; }), Contains(HasSubstr("has credit")));
  EXPECT_THAT(After([](Plan& p) { p.deferred[0].push_back("m1"); }),
              Contains(HasSubstr("those deferred in cycle 0")));
  EXPECT_THAT(After([](Plan& p) { p.deferred.pop_back(); }),
              Contains(HasSubstr("list of deferred")));
  EXPECT_THAT(After([](Plan& p) { ++p.cost.published_changes; }),
              Contains(HasSubstr("published changes")));
  EXPECT_THAT(After([](Plan& p) { --p.cost.credit_inversions; }),
              Contains(HasSubstr("credit inversions")));
  EXPECT_THAT(After([](Plan& p) { ++p.cost.spacing_violations; }),
              Contains(HasSubstr("spacing violations")));
  EXPECT_THAT(After([](Plan& p) { ++p.cost.unmet_preferences; }),
              Contains(HasSubstr("unmet preferences")));
}

TEST_F(RotationValidator, CatchesChairsWhoMayNot) {
  EXPECT_THAT(After([](Plan& p) { p.places[1].member = "m1"; }),
              Contains(HasSubstr("frozen term 1")));
  EXPECT_THAT(After([](Plan& p) { p.places[2].member = "m0"; }),
              Contains(HasSubstr("m0 can't serve in term 2")));
  EXPECT_THAT(After([](Plan& p) { p.places[0].member = "nobody"; }),
              Contains(HasSubstr("nobody can't serve in term 0")));
  EXPECT_THAT(After([](Plan& p) { p.places[4].member = "m3"; }),
              Contains(HasSubstr("m3 has a second turn in term 4")));
  EXPECT_THAT(After([](Plan& p) { p.places[0].member = "m3"; }),
              Contains(HasSubstr("m3 has a second turn in term 0")));
  EXPECT_THAT(After([](Plan& p) { p.places[2].member = "m2"; }),
              Contains(HasSubstr("m2 has a second turn in term 2")));
}

TEST_F(RotationValidator, CatchesAWrongOneDeferred) {
  // m0 and m1 can serve in the first term alone, so the cycle has place for one of them.
  problem_.frozen[1].clear();
  problem_.units[1].can_serve = problem_.units[0].can_serve;
  plan_ = *MakePlan(problem_);
  ASSERT_THAT(plan_.deferred[0], testing::ElementsAre("m1"));
  ASSERT_THAT(Validate(problem_, plan_), IsEmpty());
  EXPECT_THAT(After([](Plan& p) {
                p.places[0].member = "m1";
                p.deferred[0] = {"m0"};
              }),
              Contains(HasSubstr("m1 serves in place of m0")));
}

// Whatever chairs change places or go to somebody else: unless every figure stays true,
// it is noticed.
TEST(RotationValidatorAtRandom, ATruePlanThatIsChangedIsNotCheaper) {
  int noticed = 0;
  for (uint64_t seed = 1; seed <= 1'000 || noticed < 1'000; ++seed) {
    ASSERT_LT(seed, 20'000U) << "too few are noticed";
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const Problem problem = RandomAlliance({.units = 12, .terms = 14}, random);
    absl::StatusOr<Plan> plan = MakePlan(problem);
    if (!plan.ok()) continue;
    Plan changed = *plan;
    const int term = static_cast<int>(random() % problem.terms);
    const std::string& other = problem.units[random() % problem.units.size()].member;
    for (Place& place : changed.places) {
      if (place.member == other) place.member = plan->places[term].member;
    }
    changed.places[term].member = other;
    if (Chairs(changed) == Chairs(*plan)) continue;
    const std::vector<std::string> said = Validate(problem, changed);
    noticed += said.empty() ? 0 : 1;
    // What passes has the same cost, and so stands behind in the order; then some chair
    // that differs first has no less credit.
    if (!said.empty()) continue;
    for (int t = 0; t < problem.terms; ++t) {
      if (changed.places[t].member == plan->places[t].member) continue;
      EXPECT_GE(changed.places[t].credit, plan->places[t].credit);
      break;
    }
  }
}

}  // namespace
}  // namespace jinhuan::alliance::rotation
