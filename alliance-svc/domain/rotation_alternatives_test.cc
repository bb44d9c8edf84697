#include <gmock/gmock.h>

#include <algorithm>

#include "alliance-svc/domain/rotation_oracle_test.h"

namespace jinhuan::alliance::rotation {
namespace {

using Decided = Alternative::Decided;
using Obstacle = Alternative::Obstacle;

// The same problem with the term for one unit alone.
Problem OnlyFor(Problem problem, int term, const std::string& member) {
  for (Unit& unit : problem.units) unit.can_serve[term] = unit.member == member;
  return problem;
}

TEST(RotationAlternatives, CostWhatTryingAllWithThatUnitFinds) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 1'000 || compared < 1'000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const Problem problem = RandomAlliance({.units = 6, .terms = 6}, random);
    const absl::StatusOr<Plan> plan = MakePlan(problem);
    if (!plan.ok()) continue;
    const int term = static_cast<int>(random() % problem.terms);
    const auto alternatives = Alternatives(problem, *plan, term);
    ASSERT_TRUE(alternatives.ok()) << alternatives.status();
    const size_t others =
        problem.units.size() -
        std::count_if(problem.units.begin(), problem.units.end(),
                      [&](const Unit& u) { return u.member == plan->places[term].member; });
    ASSERT_EQ(alternatives->size(), others);
    for (const Alternative& alternative : *alternatives) {
      if (alternative.obstacle != Obstacle::kNone || alternative.decided == Decided::kCycle) {
        continue;
      }
      ++compared;
      const auto expected = PlanByTryingAll(OnlyFor(problem, term, alternative.member));
      ASSERT_TRUE(expected.has_value());
      // With the term for one unit alone the least possible credit may differ.
      EXPECT_EQ(alternative.cost.published_changes, expected->cost.published_changes);
      EXPECT_EQ(alternative.cost.spacing_violations, expected->cost.spacing_violations);
      EXPECT_EQ(alternative.cost.unmet_preferences, expected->cost.unmet_preferences);
      EXPECT_EQ(expected->places[term].member, alternative.member);
      EXPECT_TRUE(plan->cost <= alternative.cost);
      EXPECT_GT(alternative.displaced, 0);
    }
  }
}

// Three units and three terms; each unit is first by another point.
class Trio : public ::testing::Test {
 protected:
  Trio() {
    problem_.terms = 3;
    problem_.frozen.resize(3);
    problem_.published.resize(3);
    for (const char* member : {"a", "b", "c"}) {
      problem_.units.push_back({.member = member,
                                .can_serve = {true, true, true},
                                .prefers_not = {false, false, false}});
    }
    problem_.units[1].sector = 1;
    problem_.units[2].sector = 2;
  }
  Alternative For(const std::string& member, int term) {
    const absl::StatusOr<Plan> plan = MakePlan(problem_);
    const auto all = Alternatives(problem_, *plan, term);
    return *std::find_if(all->begin(), all->end(),
                         [&](const Alternative& one) { return one.member == member; });
  }

  Problem problem_;
};

TEST_F(Trio, SayWhatDecided) {
  EXPECT_EQ(For("b", 0).decided, Decided::kLottery);
  problem_.units[1].waiting_since = 1;
  EXPECT_EQ(For("b", 0).decided, Decided::kWait);
  problem_.units[1].prefers_not[0] = true;
  EXPECT_EQ(For("b", 0).decided, Decided::kPreference);
  problem_.spread_window = 2;
  problem_.sectors_before = {1};
  EXPECT_EQ(For("b", 0).decided, Decided::kSpacing);
  problem_.units[1].credit = 5;
  const Alternative later = For("b", 0);
  EXPECT_EQ(later.decided, Decided::kCreditInversions);
  EXPECT_EQ(later.cost.credit_inversions, 10);
  problem_.published[0] = "a";
  EXPECT_EQ(For("b", 0).decided, Decided::kPublishedChanges);
  EXPECT_EQ(For("b", 0).displaced, 3);
}

TEST_F(Trio, SayThatACycleWouldEndElsewhere) {
  // c can serve in the first term alone: without it the cycle ends after two terms.
  problem_.units[2].can_serve = {true, false, false};
  EXPECT_EQ(For("a", 0).decided, Decided::kCycle);
}

TEST_F(Trio, SayWhatStandsInTheWay) {
  problem_.units[1].can_serve[0] = false;
  problem_.units[2].turn_taken = true;
  EXPECT_EQ(For("b", 0).obstacle, Obstacle::kNotEligible);
  EXPECT_EQ(For("c", 0).obstacle, Obstacle::kTurnTaken);
  EXPECT_EQ(For("b", 0).displaced, 0);
  problem_.frozen[0] = "a";
  EXPECT_EQ(For("b", 0).obstacle, Obstacle::kFrozen);
  EXPECT_EQ(For("a", 1).obstacle, Obstacle::kTurnTaken);
}

}  // namespace
}  // namespace jinhuan::alliance::rotation
