#include "alliance-svc/rpc/rotation_keeper.h"

#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/rotation_fixture.h"

namespace jinhuan::alliance {
namespace {

class RotationKeeperTest : public RotationFixture {
 protected:
  static absl::Status Run(const std::string& statement) {
    return db::InTransaction(database_->pool(), absl::Now() + absl::Seconds(10),
                             [&](db::Connection& connection) { return connection.Run(statement); });
  }
};

TEST_F(RotationKeeperTest, OneThatFailsKeepsNoOtherWaiting) {
  AddUnits(4);
  PlanAndPublish(3);
  const absl::Time boundary = api::FromProto(Terms()[0].end_time());
  // Another alliance has been due for longer, and can't be loaded: it has no charter.
  MakeAlliance("a0");
  ASSERT_TRUE(Run("UPDATE rotation SET wake_at = '2026-12-01' WHERE alliance_id = 'a0'").ok());
  ASSERT_TRUE(Run("DELETE FROM charter WHERE alliance_id = 'a0'").ok());
  GoTo(boundary);
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Terms()[1].state(), v1::ChairTerm::STATE_CURRENT);
  EXPECT_EQ(Keep(), 0);  // it goes on failing, and is no error of the others
  // Mended, it is the next to be kept.
  ASSERT_TRUE(Run("INSERT INTO charter SELECT 'a0', version, effective_at, body FROM charter "
                  "WHERE alliance_id = 'a1'")
                  .ok());
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Keep(), 0);
}

TEST_F(RotationKeeperTest, ACharterWakesTheClockAsItBegins) {
  AddUnits(4);
  PlanAndPublish(3);
  const auto terms = Terms();
  GoTo(At(2027, 1, 1));
  EXPECT_EQ(Keep(), 1);
  SetState(terms[0].member(), v1::Member::STATE_SUSPENDED);
  v1::GetCharterRequest get;
  get.set_name(std::string(kAlliance) + "/charters/-");
  const auto first =
      Call(*charters_, &v1::CharterService::Stub::GetCharter, Street(kAlliance), get);
  ASSERT_TRUE(first.ok()) << first.status();
  v1::AdoptCharterRequest adopt;
  adopt.set_parent(kAlliance);
  adopt.set_base_version(1);
  *adopt.mutable_charter() = *first;
  adopt.mutable_charter()->set_decision("第三次联席会议第 4 号决议");
  adopt.mutable_charter()->mutable_rotation()->set_replacement_percent(10);
  *adopt.mutable_charter()->mutable_effective_date() = ToDate(absl::CivilDay(2027, 3, 1));
  const auto adopted =
      Call(*charters_, &v1::CharterService::Stub::AdoptCharter, Street(kAlliance), adopt);
  ASSERT_TRUE(adopted.ok()) << adopted.status();
  GoTo(At(2027, 3, 1) - absl::Seconds(1));
  EXPECT_EQ(Keep(), 0);
  EXPECT_FALSE(Terms()[0].stand_ins(0).replacement());
  GoTo(At(2027, 3, 1));
  EXPECT_EQ(Keep(), 1);
  EXPECT_TRUE(Terms()[0].stand_ins(0).replacement());
}

// Someone holds the first one's row: it is given up after a while, and the others go on.
TEST_F(RotationKeeperTest, OneThatHangsIsGivenUp) {
  AddUnits(4);
  PlanAndPublish(3);
  const absl::Time boundary = api::FromProto(Terms()[0].end_time());
  MakeAlliance("a0");
  ASSERT_TRUE(Run("UPDATE rotation SET wake_at = '2026-12-01' WHERE alliance_id = 'a0'").ok());
  GoTo(boundary);
  const absl::Status status = db::InTransaction(
      database_->pool(), absl::Now() + absl::Seconds(30), [&](db::Connection& other) {
        const absl::Status held =
            other.Run("UPDATE rotation SET version = version + 1 WHERE alliance_id = 'a0'");
        EXPECT_EQ(Keep(), 1);
        return held;
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Keep(), 1);
}

}  // namespace
}  // namespace jinhuan::alliance
