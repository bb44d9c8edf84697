#include "alliance-svc/storage/member_store.h"

#include <gmock/gmock.h>

#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/storage/names.h"
#include "alliance-svc/storage/store_fixture.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

class MemberStoreTest : public StoreFixture {
 protected:
  v1::Member NewMember(const std::string& display_name, v1::Member::State state) {
    v1::Member member;
    member.set_name(MemberName("a1", ids_.NewId()));
    member.set_display_name(display_name);
    member.set_sector(v1::SECTOR_COMPANY);
    member.set_tier(v1::TIER_ORDINARY);
    member.set_liaison_phone("13812341234");
    member.set_deputy_liaison_phone("13956785678");
    BeginLife(state, {.reason = "导入", .actor = "街道", .time = call_.now}, member);
    return member;
  }
};

TEST_F(MemberStoreTest, PhonesStandInTheirColumnsAlone) {
  const v1::Member member = NewMember("中环银行", v1::Member::STATE_APPLIED);
  static const auto* read = new db::Query(
      "SELECT liaison_phone, deputy_liaison_phone, body FROM member WHERE member_id = ?", "");
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const v1::Member inserted,
                        stores_.members.Insert(connection, call_, member));
    EXPECT_EQ(inserted.liaison_phone(), "138****1234");
    EXPECT_EQ(inserted.deputy_liaison_phone(), "139****5678");
    const auto stored = [&](std::string& first, std::string& second) {
      return connection
          .Select(*read, {LastSegment(member.name())},
                  [&](const db::Row& row) {
                    first = row.Text(0);
                    second = row.Text(1);
                    EXPECT_EQ(row.Text(2).find("1234"), std::string::npos);
                    EXPECT_EQ(row.Text(2).find("5678"), std::string::npos);
                  })
          .status();
    };
    std::string first;
    std::string second;
    JH_RETURN_IF_ERROR(stored(first, second));
    EXPECT_EQ(first + second, "1381234123413956785678");

    // What comes back masked stays; the other changes.
    JH_ASSIGN_OR_RETURN(const v1::Member before, stores_.members.Get(connection, member.name()));
    v1::Member after = before;
    after.set_deputy_liaison_phone("13700000000");
    JH_ASSIGN_OR_RETURN(const v1::Member updated,
                        stores_.members.Update(connection, call_, before, after, ""));
    EXPECT_EQ(updated.deputy_liaison_phone(), "137****0000");
    JH_RETURN_IF_ERROR(stored(first, second));
    EXPECT_EQ(first + second, "1381234123413700000000");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(MemberStoreTest, OnlyGetTellsTheHistory) {
  const v1::Member member = NewMember("中环银行", v1::Member::STATE_ACTIVE);
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const v1::Member inserted,
                        stores_.members.Insert(connection, call_, member));
    EXPECT_EQ(inserted.history_size(), 0);
    JH_ASSIGN_OR_RETURN(const v1::Member before, stores_.members.Get(connection, member.name()));
    EXPECT_EQ(before.history_size(), 1);
    JH_ASSIGN_OR_RETURN(const v1::Member after,
                        TakeStep(before, MemberStep::kSuspend,
                                 {.reason = "整改", .actor = "街道", .time = call_.now}));
    JH_ASSIGN_OR_RETURN(const v1::Member updated,
                        stores_.members.Update(connection, call_, before, after, "整改"));
    EXPECT_EQ(updated.history_size(), 0);
    JH_ASSIGN_OR_RETURN(const v1::Member again, stores_.members.Get(connection, member.name()));
    EXPECT_EQ(again.history_size(), 2);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_TRUE(journal_.SealOnce().ok());
  const auto entries = journal_.ReadFrom(1, 10, {}, call_.deadline);
  for (const auto& entry : *entries) {
    v1::Member told;
    if (!entry.after().UnpackTo(&told)) continue;
    EXPECT_EQ(told.history_size(), 0);
    EXPECT_THAT(told.liaison_phone(), "138****1234");
    EXPECT_THAT(told.deputy_liaison_phone(), "139****5678");
  }
}

TEST_F(MemberStoreTest, AReceiptIsStoredHashedAndFinds) {
  v1::Member member = NewMember("中环银行", v1::Member::STATE_APPLIED);
  member.set_application_receipt("in clear");
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(
        const v1::Member inserted,
        stores_.members.Insert(connection, call_, member,
                               {.self = true, .receipt_hash = std::string(64, 'e')}));
    EXPECT_EQ(inserted.application_receipt(), "");
    static const auto* body = new db::Query("SELECT body FROM member", "");
    JH_RETURN_IF_ERROR(connection
                           .Select(*body, {},
                                   [](const db::Row& row) {
                                     EXPECT_EQ(row.Text(0).find("in clear"), std::string::npos);
                                   })
                           .status());
    JH_ASSIGN_OR_RETURN(const v1::Member found,
                        stores_.members.FindByReceipt(connection, std::string(64, 'e')));
    EXPECT_EQ(found.name(), member.name());
    EXPECT_EQ(ReasonOf(stores_.members.FindByReceipt(connection, std::string(64, 'f')).status()),
              "RESOURCE_NOT_FOUND");
    EXPECT_EQ(ReasonOf(stores_.members.FindByReceipt(connection, "").status()),
              "RESOURCE_NOT_FOUND");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(MemberStoreTest, CountsOpenApplicationsThatWereSelfFiled) {
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    const Filing self{.self = true, .receipt_hash = ""};
    const auto insert = [&](v1::Member::State state, const Filing& filing) {
      return stores_.members.Insert(connection, call_, NewMember("单位", state), filing).status();
    };
    JH_RETURN_IF_ERROR(insert(v1::Member::STATE_APPLIED, self));
    JH_RETURN_IF_ERROR(insert(v1::Member::STATE_APPLIED, self));
    JH_RETURN_IF_ERROR(insert(v1::Member::STATE_APPLIED, {}));
    JH_RETURN_IF_ERROR(insert(v1::Member::STATE_REJECTED, self));
    EXPECT_EQ(*stores_.members.CountOpenApplications(connection, "alliances/a1"), 2);
    EXPECT_EQ(*stores_.members.CountOpenApplications(connection, "alliances/a2"), 0);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(MemberStoreTest, TheLivingComeWithTheirNumbers) {
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    for (int state = v1::Member::STATE_APPLIED; state <= v1::Member::State_MAX; ++state) {
      JH_RETURN_IF_ERROR(
          stores_.members
              .Insert(connection, call_, NewMember("单位", static_cast<v1::Member::State>(state)))
              .status());
    }
    JH_ASSIGN_OR_RETURN(const auto living, stores_.members.Living(connection, "alliances/a1"));
    std::vector<int> states;
    for (const MemberWithPhones& one : living) {
      states.push_back(one.member.state());
      EXPECT_EQ(one.member.liaison_phone(), "138****1234");
      EXPECT_EQ(one.liaison_phone, "13812341234");
      EXPECT_EQ(one.deputy_liaison_phone, "13956785678");
    }
    EXPECT_THAT(states,
                ::testing::UnorderedElementsAre(v1::Member::STATE_APPLIED, v1::Member::STATE_ACTIVE,
                                                v1::Member::STATE_SUSPENDED));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(MemberStoreTest, TheRotationLearnsOfWhatConcernsIt) {
  v1::Alliance alliance;
  alliance.set_name("alliances/a1");
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(stores_.alliances.Insert(connection, call_, alliance).status());
    JH_RETURN_IF_ERROR(stores_.rotations.Ensure(connection, alliance.name(), call_.now));
    const auto basis = [&] {
      const auto row = stores_.rotations.rows.Read(connection, alliance.name());
      EXPECT_TRUE(row.ok() && row->has_value()) << row.status();
      return (*row)->body.basis();
    };
    const auto begin = basis();
    const v1::Member applied = NewMember("申请中", v1::Member::STATE_APPLIED);
    JH_RETURN_IF_ERROR(stores_.members.Insert(connection, call_, applied).status());
    EXPECT_EQ(basis(), begin);
    // A roster is one change, however many it adds.
    std::vector<RosterChange> roster;
    for (int i = 0; i < 70; ++i) {
      roster.push_back({.before = nullptr, .after = NewMember("单位", v1::Member::STATE_ACTIVE)});
    }
    JH_RETURN_IF_ERROR(stores_.members.Import(connection, call_, roster, "导入"));
    EXPECT_EQ(basis(), begin + 1);
    JH_ASSIGN_OR_RETURN(const auto living, stores_.members.Living(connection, alliance.name()));
    EXPECT_EQ(living.size(), 71u);

    JH_ASSIGN_OR_RETURN(v1::Member before, stores_.members.Get(connection, applied.name()));
    v1::Member after = before;
    after.set_address("中环路 1 号");
    JH_RETURN_IF_ERROR(stores_.members.Update(connection, call_, before, after, "").status());
    EXPECT_EQ(basis(), begin + 1);
    JH_ASSIGN_OR_RETURN(before, stores_.members.Get(connection, applied.name()));
    JH_ASSIGN_OR_RETURN(after, TakeStep(before, MemberStep::kApprove,
                                        {.reason = "符合", .actor = "街道", .time = call_.now}));
    JH_RETURN_IF_ERROR(stores_.members.Update(connection, call_, before, after, "符合").status());
    EXPECT_EQ(basis(), begin + 2);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace jinhuan::alliance
