#include "meeting-svc/storage/alliance_store.h"

#include <gmock/gmock.h>

#include "meeting-svc/storage/storage_test_base.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;

const db::Query kAll(
    "SELECT alliance_id, id, display_name, tier, state FROM member WHERE alliance_id IN ('a', 'b') "
    "ORDER BY alliance_id, id",
    "PRIMARY");

class AllianceStoreTest : public StorageTest {
 protected:
  absl::Status Apply(const journal::v1::Entry& entry) {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                             [&](db::Connection& c) { return alliances_.Apply(c, entry); });
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

TEST_F(AllianceStoreTest, KeepsTheLastWordOnEachMember) {
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

TEST_F(AllianceStoreTest, PassesOverWhatItDoesNotUnderstand) {
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

TEST_F(AllianceStoreTest, KeepsAStateThatCameLaterThanThisCode) {
  ASSERT_TRUE(Apply(EntryOn("alliances/a/members/m1", "甲", alliance::v1::TIER_ORDINARY,
                            static_cast<alliance::v1::Member::State>(7)))
                  .ok());
  EXPECT_THAT(Rows(), ElementsAre("a|m1|甲|3|7"));
}

google::type::Date DateOf(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST_F(AllianceStoreTest, ACharterIsInForceFromItsDayInTheAlliancesZone) {
  const auto at = [&](absl::Time time) {
    const auto charter =
        Do([&](db::Connection& c) { return alliances_.CharterAt(c, "alliances/a", time); });
    return charter.ok() ? std::to_string(charter->version()) : ReasonOf(charter.status());
  };
  const absl::Time midnight =
      absl::FromCivil(absl::CivilDay(2026, 7, 1), absl::FixedTimeZone(9 * 3600));
  EXPECT_EQ(at(midnight), "CHARTER_UNKNOWN");
  alliance::v1::Alliance alliance;
  alliance.set_name("alliances/a");
  alliance.set_time_zone("Asia/Tokyo");
  journal::v1::Entry entry;
  entry.mutable_after()->PackFrom(alliance);
  ASSERT_TRUE(Apply(entry).ok());
  for (const int version : {1, 2}) {
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/" + std::to_string(version));
    charter.set_version(version);
    *charter.mutable_effective_date() = DateOf(2026, 7, 1);
    if (version == 1) *charter.mutable_effective_date() = DateOf(2026, 1, 1);
    entry.mutable_after()->PackFrom(charter);
    ASSERT_TRUE(Apply(entry).ok());
  }
  EXPECT_EQ(at(absl::FromUnixSeconds(0)), "1");
  EXPECT_EQ(at(midnight - absl::Microseconds(1)), "1");
  EXPECT_EQ(at(midnight), "2");
  // Adopted at noon for the day itself: what happened in the morning stays as it was.
  const absl::Time noon = midnight + absl::Hours(12);
  alliance::v1::Charter third;
  third.set_name("alliances/a/charters/3");
  third.set_version(3);
  *third.mutable_effective_date() = DateOf(2026, 7, 1);
  *third.mutable_adopt_time() = api::ToProto(noon);
  entry.mutable_after()->PackFrom(third);
  ASSERT_TRUE(Apply(entry).ok());
  EXPECT_EQ(at(noon - absl::Microseconds(1)), "2");
  EXPECT_EQ(at(noon), "3");
}

TEST_F(AllianceStoreTest, KnowsTheTermOfAMoment) {
  const auto start = [](int64_t days) { return absl::FromUnixSeconds(days * 86'400); };
  journal::v1::Entry entry;
  for (const int64_t first : {100, 200}) {
    alliance::v1::ChairTerm term;
    term.set_name("alliances/a/chairTerms/" + std::to_string(first));
    *term.mutable_start_time() = api::ToProto(start(first));
    *term.mutable_end_time() = api::ToProto(start(first + 100));
    entry.set_resource(term.name());
    entry.mutable_after()->PackFrom(term);
    ASSERT_TRUE(Apply(entry).ok());
  }
  const auto name = [&](absl::Time time) -> std::string {
    const auto at =
        Do([&](db::Connection& c) { return alliances_.TermAt(c, "alliances/a", time); });
    EXPECT_TRUE(at.ok()) << at.status();
    return at->has_value() ? (*at)->name() : "none";
  };
  EXPECT_EQ(name(start(99)), "none");
  EXPECT_EQ(name(start(100)), "alliances/a/chairTerms/100");
  EXPECT_EQ(name(start(200)), "alliances/a/chairTerms/200");
  EXPECT_EQ(name(start(300)), "none");
  *entry.mutable_before() = entry.after();
  entry.clear_after();
  ASSERT_TRUE(Apply(entry).ok());
  EXPECT_EQ(name(start(200)), "none");
}

TEST_F(AllianceStoreTest, TellsWhoMayAct) {
  ASSERT_TRUE(Apply(EntryOn("alliances/a/members/m1", "甲", alliance::v1::TIER_COUNCIL,
                            alliance::v1::Member::STATE_ACTIVE))
                  .ok());
  ASSERT_TRUE(Apply(EntryOn("alliances/a/members/m2", "乙", alliance::v1::TIER_COUNCIL,
                            alliance::v1::Member::STATE_SUSPENDED))
                  .ok());
  const auto active = [&](const std::string& member) {
    const auto found = Do([&](db::Connection& c) { return alliances_.ActiveMember(c, member); });
    return found.ok() ? found->display_name() : ReasonOf(found.status());
  };
  EXPECT_EQ(active("alliances/a/members/m1"), "甲");
  EXPECT_EQ(active("alliances/a/members/m2"), "STATE_WRONG");
  EXPECT_EQ(active("alliances/b/members/m1"), "RESOURCE_NOT_FOUND");
  const auto all = Do([&](db::Connection& c) { return alliances_.Members(c, "alliances/a"); });
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front().name(), "alliances/a/members/m1");
}

}  // namespace
}  // namespace jinhuan::meeting
