#include "meeting-svc/domain/majority_meter.h"

#include "meeting-svc/domain/quorum.h"

#include <gtest/gtest.h>

namespace jinhuan::meeting {
namespace {

using alliance::v1::ItemRule;

ItemRule Rule(alliance::v1::VoteBase base) {
  ItemRule rule;
  rule.set_kind(alliance::v1::ITEM_KIND_MAJOR);
  rule.mutable_quorum()->set_numerator(1);
  rule.mutable_quorum()->set_denominator(2);
  rule.mutable_majority()->set_numerator(1);
  rule.mutable_majority()->set_denominator(2);
  rule.set_majority_base(base);
  return rule;
}

v1::Elector Unit(int votes, bool present, const std::string& holder = "") {
  v1::Elector elector;
  elector.set_votes(votes);
  elector.set_present(present);
  elector.set_proxy_holder(holder);
  return elector;
}

// Three votes there, two by proxy, one there, four away.
const std::vector<v1::Elector> kRoll = {Unit(3, true), Unit(2, true, "alliances/a/members/m0"),
                                        Unit(1, true), Unit(4, false)};

TEST(MajorityMeterTest, CountsUnitsForTheQuorumAndVotesForTheMajority) {
  const v1::MajorityMeter meter = MeterOf(Rule(alliance::v1::VOTE_BASE_PRESENT), kRoll);
  EXPECT_EQ(meter.kind(), alliance::v1::ITEM_KIND_MAJOR);
  EXPECT_EQ(meter.entitled_count(), 4);
  EXPECT_EQ(meter.present_count(), 3);
  EXPECT_EQ(meter.proxy_count(), 1);
  EXPECT_EQ(meter.quorum_count(), 2);
  EXPECT_TRUE(meter.quorate());
  EXPECT_EQ(meter.entitled_votes(), 10);
  EXPECT_EQ(meter.present_votes(), 6);
  EXPECT_EQ(meter.majority_count(), 4);  // more than half of 6
}

TEST(MajorityMeterTest, TakesTheMajorityOfTheBaseThatTheRuleSays) {
  const v1::MajorityMeter entitled = MeterOf(Rule(alliance::v1::VOTE_BASE_ENTITLED), kRoll);
  EXPECT_EQ(entitled.majority_count(), 6);  // more than half of 10
  EXPECT_EQ(entitled.majority_base(), alliance::v1::VOTE_BASE_ENTITLED);
  // All that are there vote, so what is cast is what is present.
  const v1::MajorityMeter cast = MeterOf(Rule(alliance::v1::VOTE_BASE_CAST), kRoll);
  EXPECT_EQ(cast.majority_count(), 4);
}

TEST(MajorityMeterTest, TheQuorumSaysByWhichRatio) {
  const v1::Quorum quorum = CountQuorum(Rule(alliance::v1::VOTE_BASE_PRESENT), kRoll);
  EXPECT_EQ(quorum.entitled_count(), 4);
  EXPECT_EQ(quorum.present_count(), 3);
  EXPECT_EQ(quorum.proxy_count(), 1);
  EXPECT_EQ(quorum.rule().numerator(), 1);
  EXPECT_EQ(quorum.rule().denominator(), 2);
  EXPECT_EQ(quorum.needed_count(), 2);
  EXPECT_TRUE(quorum.met());
}

TEST(MajorityMeterTest, WithNobodyThereNothingIsQuorate) {
  const v1::MajorityMeter meter =
      MeterOf(Rule(alliance::v1::VOTE_BASE_PRESENT), {Unit(1, false), Unit(1, false)});
  EXPECT_FALSE(meter.quorate());
  EXPECT_EQ(meter.quorum_count(), 1);
  EXPECT_EQ(meter.present_votes(), 0);
}

}  // namespace
}  // namespace jinhuan::meeting
