#include "meeting-svc/storage/member_store.h"

#include <gmock/gmock.h>

#include "meeting-svc/storage/storage_test_base.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;

const db::Query kAll(
    "SELECT alliance_id, id, display_name, tier, state FROM member WHERE alliance_id IN ('a', 'b') "
    "ORDER BY alliance_id, id",
    "PRIMARY");

class MemberStoreTest : public StorageTest {
 protected:
  absl::Status Apply(const journal::v1::Entry& entry) {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                             [&](db::Connection& c) { return members_.Apply(c, entry); });
  }

  std::vector<std::string> Rows() {
    std::vector<std::string> rows;
    EXPECT_TRUE(db::Read(database_.pool(), absl::Now() + absl::Seconds(10),
                         [&](db::Connection& connection) {
                           return connection
                               .Select(kAll, {},
                                       [&](const db::Row& row) {
                                         std::string text = row.Text(0);
                                         for (int i = 1; i < 5; ++i) text += "|" + row.Text(i);
                                         rows.push_back(text);
                                       })
                               .status();
                         })
                    .ok());
    return rows;
  }
};

journal::v1::Entry EntryOn(const std::string& name, const std::string& display_name,
                           alliance::v1::Tier tier, alliance::v1::Member::State state) {
  alliance::v1::Member member;
  member.set_name(name);
  member.set_display_name(display_name);
  member.set_tier(tier);
  member.set_state(state);
  journal::v1::Entry entry;
  entry.set_resource(name);
  entry.mutable_after()->PackFrom(member);
  return entry;
}

TEST_F(MemberStoreTest, KeepsTheLastWordOnEachMember) {
  const std::vector<journal::v1::Entry> entries = {
      EntryOn("alliances/a/members/m1", "甲公司", alliance::v1::TIER_ORDINARY,
              alliance::v1::Member::STATE_APPLIED),
      EntryOn("alliances/b/members/m1", "乙银行", alliance::v1::TIER_COUNCIL,
              alliance::v1::Member::STATE_ACTIVE),
      EntryOn("alliances/a/members/m1", "甲公司", alliance::v1::TIER_ORDINARY,
              alliance::v1::Member::STATE_ACTIVE),
      EntryOn("alliances/a/members/m1", "甲集团 🏢", alliance::v1::TIER_STANDING,
              alliance::v1::Member::STATE_ACTIVE),
  };
  for (const auto& entry : entries) ASSERT_TRUE(Apply(entry).ok());
  EXPECT_THAT(Rows(), ElementsAre("a|m1|甲集团 🏢|1|2", "b|m1|乙银行|2|2"));

  // The whole again, as after a cursor that was set back: the same.
  for (const auto& entry : entries) ASSERT_TRUE(Apply(entry).ok());
  ASSERT_TRUE(Apply(entries.back()).ok());
  EXPECT_THAT(Rows(), ElementsAre("a|m1|甲集团 🏢|1|2", "b|m1|乙银行|2|2"));
}

TEST_F(MemberStoreTest, PassesOverWhatItDoesNotUnderstand) {
  journal::v1::Entry other;
  other.mutable_after()->PackFrom(alliance::v1::Alliance());
  EXPECT_TRUE(Apply(other).ok());
  EXPECT_TRUE(Apply(journal::v1::Entry()).ok());
  journal::v1::Entry torn = EntryOn("alliances/a/members/m1", "甲", alliance::v1::TIER_ORDINARY,
                                    alliance::v1::Member::STATE_ACTIVE);
  torn.mutable_after()->mutable_value()->pop_back();
  EXPECT_TRUE(Apply(torn).ok());
  EXPECT_TRUE(Apply(EntryOn("members/m1", "甲", alliance::v1::TIER_ORDINARY,
                            alliance::v1::Member::STATE_ACTIVE))
                  .ok());
  EXPECT_THAT(Rows(), ElementsAre());
}

TEST_F(MemberStoreTest, KeepsAStateThatCameLaterThanThisCode) {
  ASSERT_TRUE(Apply(EntryOn("alliances/a/members/m1", "甲", alliance::v1::TIER_ORDINARY,
                            static_cast<alliance::v1::Member::State>(7)))
                  .ok());
  EXPECT_THAT(Rows(), ElementsAre("a|m1|甲|3|7"));
}

}  // namespace
}  // namespace jinhuan::meeting
