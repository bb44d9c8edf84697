#include "meeting-svc/domain/majority.h"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>

namespace jinhuan::meeting {
namespace {

using alliance::v1::ItemRule;
using Fraction = boost::multiprecision::cpp_rational;

ItemRule Rule(int numerator, int denominator, alliance::v1::VoteBase base, bool inclusive) {
  ItemRule rule;
  rule.mutable_quorum()->set_numerator(1);
  rule.mutable_quorum()->set_denominator(2);
  rule.mutable_majority()->set_numerator(numerator);
  rule.mutable_majority()->set_denominator(denominator);
  rule.set_majority_base(base);
  rule.set_majority_inclusive(inclusive);
  return rule;
}

v1::BallotCount Count(int64_t for_votes, int64_t against, int64_t abstain, int64_t present,
                      int64_t entitled) {
  v1::BallotCount count;
  count.set_for_votes(for_votes);
  count.set_against_votes(against);
  count.set_abstain_votes(abstain);
  count.set_present_votes(present);
  count.set_entitled_votes(entitled);
  count.set_present_units(1);
  count.set_entitled_units(1);
  return count;
}

v1::Ballot::Outcome Decide(const ItemRule& rule, v1::BallotCount count) {
  Measure(rule, count);
  return OutcomeOf(count);
}

bool Carried(const ItemRule& rule, const v1::BallotCount& count) {
  return Decide(rule, count) == v1::Ballot::OUTCOME_CARRIED;
}

// What the charter's words say, in exact fractions: the share of the votes for in the
// base, compared with the fraction. It knows no thresholds and no products.
v1::Ballot::Outcome Oracle(const ItemRule& rule, const v1::BallotCount& count) {
  const auto fraction = [](const alliance::v1::Ratio& ratio) {
    return Fraction(ratio.numerator()) / ratio.denominator();
  };
  if (count.entitled_units() > 0 &&
      Fraction(count.present_units()) / count.entitled_units() < fraction(rule.quorum())) {
    return v1::Ballot::OUTCOME_NO_QUORUM;
  }
  Fraction base = count.present_votes();
  if (rule.majority_base() == alliance::v1::VOTE_BASE_ENTITLED) base = count.entitled_votes();
  if (rule.majority_base() == alliance::v1::VOTE_BASE_CAST) {
    base = Fraction(count.for_votes()) + count.against_votes();
  }
  const Fraction asked = fraction(rule.majority());
  bool carried = false;
  if (base == 0) {
    carried = asked == 0 && rule.majority_inclusive();
  } else {
    const Fraction share = Fraction(count.for_votes()) / base;
    carried = rule.majority_inclusive() ? share >= asked : share > asked;
  }
  return carried ? v1::Ballot::OUTCOME_CARRIED : v1::Ballot::OUTCOME_REJECTED;
}

TEST(MajorityTest, HalfMustBeExceededOrReachedAsTheRuleSays) {
  const ItemRule more = Rule(1, 2, alliance::v1::VOTE_BASE_PRESENT, false);
  EXPECT_FALSE(Carried(more, Count(5, 5, 0, 10, 20)));
  EXPECT_TRUE(Carried(more, Count(6, 4, 0, 10, 20)));
  const ItemRule half = Rule(1, 2, alliance::v1::VOTE_BASE_PRESENT, true);
  EXPECT_TRUE(Carried(half, Count(5, 5, 0, 10, 20)));
  EXPECT_FALSE(Carried(half, Count(5, 6, 0, 11, 20)));
}

TEST(MajorityTest, TwoThirdsOfEachBase) {
  const v1::BallotCount count = Count(8, 2, 2, 12, 15);
  EXPECT_TRUE(Carried(Rule(2, 3, alliance::v1::VOTE_BASE_PRESENT, true), count));
  EXPECT_FALSE(Carried(Rule(2, 3, alliance::v1::VOTE_BASE_ENTITLED, true), count));
  EXPECT_TRUE(Carried(Rule(2, 3, alliance::v1::VOTE_BASE_CAST, true), count));
  EXPECT_FALSE(Carried(Rule(2, 3, alliance::v1::VOTE_BASE_PRESENT, false), count));
}

TEST(MajorityTest, NobodyVotesAndNothingCarriesButAReport) {
  const v1::BallotCount none = Count(0, 0, 3, 3, 3);
  EXPECT_FALSE(Carried(Rule(1, 2, alliance::v1::VOTE_BASE_CAST, true), none));
  EXPECT_FALSE(Carried(Rule(1, 2, alliance::v1::VOTE_BASE_CAST, false), none));
  EXPECT_TRUE(Carried(Rule(0, 1, alliance::v1::VOTE_BASE_PRESENT, true), none));
}

TEST(MajorityTest, WithoutAQuorumNothingIsDecided) {
  v1::BallotCount count = Count(4, 0, 0, 4, 9);
  count.set_entitled_units(9);
  count.set_present_units(4);
  const ItemRule rule = Rule(1, 2, alliance::v1::VOTE_BASE_PRESENT, false);
  EXPECT_EQ(Decide(rule, count), v1::Ballot::OUTCOME_NO_QUORUM);
  count.set_present_units(5);
  EXPECT_EQ(Decide(rule, count), v1::Ballot::OUTCOME_CARRIED);
}

TEST(MajorityTest, WithoutARuleNothingIsDecided) {
  const alliance::v1::ItemRule none = RuleFor({}, alliance::v1::ITEM_KIND_ORDINARY);
  EXPECT_GT(QuorumOf(none, 50), 50);
  EXPECT_GT(NeededOf(none, 50), 50);
}

TEST(MajorityTest, AgreesWithExactFractions) {
  std::mt19937_64 random(20260301);
  const auto pick = [&](int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(random);
  };
  int outcomes[4] = {};
  for (int i = 0; i < 60'000; ++i) {
    // Small counts hit the exact fractions; large ones the bounds.
    const int64_t most = i % 4 == 0 ? kMaxVotes : i % 4 == 1 ? 300 : 12;
    const int64_t entitled = pick(0, most);
    const int64_t present = pick(0, entitled);
    const int64_t cast = pick(0, present);
    const int64_t for_votes = pick(0, cast);
    const int64_t against = pick(0, cast - for_votes);
    v1::BallotCount count =
        Count(for_votes, against, cast - for_votes - against, present, entitled);
    count.set_entitled_units(static_cast<int32_t>(pick(1, 1000)));
    count.set_present_units(static_cast<int32_t>(pick(0, count.entitled_units())));
    const int denominator = static_cast<int>(pick(1, i % 2 == 0 ? 5 : 1000));
    ItemRule rule = Rule(static_cast<int>(pick(0, denominator)), denominator,
                         static_cast<alliance::v1::VoteBase>(pick(1, 3)), pick(0, 1) == 1);
    const int below = static_cast<int>(pick(1, 4));
    rule.mutable_quorum()->set_denominator(below);
    rule.mutable_quorum()->set_numerator(static_cast<int>(pick(0, below)));
    const v1::Ballot::Outcome decided = Decide(rule, count);
    ASSERT_EQ(decided, Oracle(rule, count)) << rule.DebugString() << count.DebugString();
    ++outcomes[decided];
  }
  for (const int outcome : {1, 2, 3}) EXPECT_GT(outcomes[outcome], 5'000) << outcome;
}

TEST(MajorityTest, NeededIsTheLeastThatCarries) {
  for (int denominator = 1; denominator <= 7; ++denominator) {
    for (int numerator = 0; numerator <= denominator; ++numerator) {
      for (int64_t base = 1; base <= 40; ++base) {
        for (const bool inclusive : {false, true}) {
          const ItemRule rule =
              Rule(numerator, denominator, alliance::v1::VOTE_BASE_PRESENT, inclusive);
          const int64_t needed = NeededOf(rule, base);
          EXPECT_TRUE(Carried(rule, Count(needed, 0, 0, base, base)));
          if (needed > 0) {
            EXPECT_FALSE(Carried(rule, Count(needed - 1, 0, 0, base, base)));
          }
        }
      }
    }
  }
}

TEST(MajorityTest, AMissingKindIsOrdinaryAndAMissingTierHasOneVote) {
  alliance::v1::MeetingRules rules;
  ItemRule& ordinary = *rules.add_item_rules();
  ordinary.set_kind(alliance::v1::ITEM_KIND_ORDINARY);
  ItemRule& personnel = *rules.add_item_rules();
  personnel.set_kind(alliance::v1::ITEM_KIND_PERSONNEL);
  personnel.set_secret(true);
  EXPECT_TRUE(RuleFor(rules, alliance::v1::ITEM_KIND_PERSONNEL).secret());
  EXPECT_FALSE(RuleFor(rules, alliance::v1::ITEM_KIND_MAJOR).secret());
  EXPECT_EQ(RuleFor(rules, alliance::v1::ITEM_KIND_MAJOR).kind(), alliance::v1::ITEM_KIND_MAJOR);
  alliance::v1::TierWeight& weight = *rules.add_tier_weights();
  weight.set_tier(alliance::v1::TIER_STANDING);
  weight.set_votes(3);
  EXPECT_EQ(VotesOf(rules, alliance::v1::TIER_STANDING), 3);
  EXPECT_EQ(VotesOf(rules, alliance::v1::TIER_ORDINARY), 1);
}

}  // namespace
}  // namespace jinhuan::meeting
