#include "alliance-svc/domain/rotation_turns.h"

#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_test_record.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::chair {
namespace {

const absl::Time kNow = At(2026, 12, 1);

Record Published(int units, int terms) {
  Record record = TestRecord(units);
  PlanAndPublish(record, kNow, terms);
  return record;
}

TEST(RotationTurnsTest, ASwapTwiceRestores) {
  Record record = Published(6, 5);
  const std::string before = record.terms[2].term().member() + record.terms[4].term().member();
  ASSERT_TRUE(CheckExchange(record, 2, 4, kNow).ok());
  Exchange(record, 2, 4, "施工", kNow);
  EXPECT_EQ(record.terms[4].term().member() + record.terms[2].term().member(), before);
  EXPECT_EQ(record.terms[2].term().changes_size(), 1);
  EXPECT_EQ(record.terms[2].term().changes(0).to_member(), record.terms[2].term().member());
  ASSERT_TRUE(CheckExchange(record, 4, 2, kNow).ok());
  Exchange(record, 4, 2, "施工", kNow);
  EXPECT_EQ(record.terms[2].term().member() + record.terms[4].term().member(), before);
}

TEST(RotationTurnsTest, ASwapMustKeepTheRules) {
  Record record = Published(4, 8);  // two cycles
  EXPECT_EQ(ReasonOf(CheckExchange(record, 0, 2, kNow)), "TERM_FROZEN");
  EXPECT_EQ(ReasonOf(CheckExchange(record, 2, 0, kNow)), "TERM_FROZEN");
  // Over the border of the cycle each unit would have two turns in one and none in the
  // other.
  for (size_t other = 4; other < 8; ++other) {
    EXPECT_EQ(ReasonOf(CheckExchange(record, 2, other, kNow)), "SWAP_IMPOSSIBLE");
  }
  EXPECT_TRUE(CheckExchange(record, 2, 3, kNow).ok());
  record.unavailabilities.push_back(
      Declaration(ChairOf(record, 2), absl::CivilDay(2028, 12, 31), absl::CivilDay(2029, 1, 1)));
  EXPECT_EQ(ReasonOf(CheckExchange(record, 2, 3, kNow)), "SWAP_IMPOSSIBLE");
  record.unavailabilities.clear();
  record.units.at(ChairOf(record, 3)).state = v1::Member::STATE_SUSPENDED;
  EXPECT_EQ(ReasonOf(CheckExchange(record, 2, 3, kNow)), "SWAP_IMPOSSIBLE");
}

TEST(RotationTurnsTest, ASwapExpiresAsATermIsFrozen) {
  const Record record = Published(6, 5);
  EXPECT_EQ(SwapExpiry(record, 3, 4, kNow), kNow + absl::Hours(24 * 14));
  // The third is frozen as the second begins, on 2027-07-01.
  EXPECT_EQ(SwapExpiry(record, 4, 2, At(2027, 6, 25)), At(2027, 7, 1));
}

TEST(RotationTurnsTest, ADeclarationPutsOffATurnOfItsCycleOnce) {
  Record record = Published(4, 6);
  const absl::CivilDay start(2028, 2, 1);
  const std::string chair = ChairOf(record, 2);
  EXPECT_EQ(DeferralCycle(record, Declaration(chair, start, start + 9), kNow), 1);
  EXPECT_EQ(DeferralCycle(record, Declaration(chair, start, start + 9, false), kNow), 0);
  EXPECT_EQ(DeferralCycle(record, Declaration(ChairOf(record, 1), start, start + 9), kNow), 0);
  const absl::CivilDay frozen(2027, 2, 1);
  EXPECT_EQ(DeferralCycle(record, Declaration(ChairOf(record, 0), frozen, frozen + 9), kNow), 0);
  const absl::CivilDay second(2029, 2, 1);
  EXPECT_EQ(DeferralCycle(record, Declaration(ChairOf(record, 4), second, second + 9), kNow), 2);
  record.unavailabilities.push_back(Declaration(chair, start, start + 9));
  EXPECT_EQ(DeferralCycle(record, Declaration(chair, start + 5, start + 20), kNow), 0);
}

TEST(RotationTurnsTest, ATurnIsGivenUpOnceAndInTime) {
  Record record = Published(4, 4);
  EXPECT_EQ(ReasonOf(CheckWaiver(record, ChairOf(record, 0), kNow)), "TERM_FROZEN");
  EXPECT_TRUE(CheckWaiver(record, ChairOf(record, 1), kNow).ok());
  Settle(record, At(2027, 8, 1));
  EXPECT_EQ(ReasonOf(CheckWaiver(record, ChairOf(record, 0), At(2027, 8, 1))), "TURN_TAKEN");
  EXPECT_EQ(ReasonOf(CheckWaiver(record, ChairOf(record, 1), At(2027, 8, 1))), "TERM_FROZEN");
  v1::Waiver& waiver = record.waivers.emplace_back();
  waiver.set_member(ChairOf(record, 3));
  waiver.set_cycle(1);
  EXPECT_EQ(ReasonOf(CheckWaiver(record, ChairOf(record, 3), At(2027, 8, 1))), "TURN_TAKEN");
}

TEST(RotationTurnsTest, AWaivedTurnGoesToAnother) {
  Record record = Published(5, 4);
  const std::string gave_up = ChairOf(record, 3);
  const std::string spare = Idle(record, 1);
  v1::Waiver& waiver = record.waivers.emplace_back();
  waiver.set_member(gave_up);
  waiver.set_cycle(1);
  PlanAndPublish(record, kNow, 4);
  EXPECT_EQ(ChairOf(record, 3), spare);
  EXPECT_EQ(Earned(record, gave_up, At(2030, 1, 1)), 0);
}

}  // namespace
}  // namespace jinhuan::alliance::chair
