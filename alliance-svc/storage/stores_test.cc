#include "alliance-svc/storage/stores.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "absl/time/clock.h"
#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/storage/names.h"
#include "alliance-svc/storage/store_fixture.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

class StoresTest : public StoreFixture {
 protected:
  v1::Member NewMember(int i) {
    v1::Member member;
    member.set_name(MemberName(fmt::format("a{}", i % 4), ids_.NewId()));
    member.set_display_name(fmt::format("单位{}", i % 7));
    member.set_sector(i % 2 == 0 ? v1::SECTOR_COMPANY : v1::SECTOR_FINANCE);
    member.set_tier(v1::TIER_ORDINARY);
    member.set_state(i % 3 == 0 ? v1::Member::STATE_APPLIED : v1::Member::STATE_ACTIVE);
    member.set_liaison_phone("13812341234");
    return member;
  }

  // Some hundreds of rows in every table that is searched.
  absl::Status Fill(db::Connection& connection) {
    for (int i = 0; i < 400; ++i) {
      const std::string id = fmt::format("{:04}", i);
      v1::Alliance alliance;
      alliance.set_name("alliances/a" + std::to_string(i));
      JH_RETURN_IF_ERROR(stores_.alliances.Insert(connection, call_, alliance).status());
      JH_RETURN_IF_ERROR(
          stores_.charters.Insert(connection, call_, FirstCharter(alliance), absl::UnixEpoch())
              .status());
      JH_RETURN_IF_ERROR(stores_.members.Insert(connection, call_, NewMember(i)).status());
      v1::User user;
      user.set_name("users/" + id);
      user.set_login("login" + id);
      user.set_state(v1::User::STATE_ACTIVE);
      user.add_grants()->set_role(auth::v1::ROLE_STREET_ADMIN);
      user.mutable_grants(0)->set_alliance("alliances/a1");
      JH_RETURN_IF_ERROR(stores_.users.Insert(connection, call_, user, "hash").status());
      v1::ServiceAccount account;
      account.set_name("serviceAccounts/s" + id);
      account.set_alliance("alliances/a1");
      account.set_certificate_name(id + ".example.org");
      JH_RETURN_IF_ERROR(
          stores_.service_accounts.Insert(connection, call_, account, "hash").status());
      JH_RETURN_IF_ERROR(stores_.credentials.Open(connection, call_, user.name(), id,
                                                  call_.now + absl::Minutes(i)));
      api::Call then = call_;
      then.now = call_.now - absl::Minutes(i);
      JH_RETURN_IF_ERROR(
          stores_.sign_in_failures.CountWrong(connection, then, {user.login(), "192.0.2.1"}, ""));
      api::Call own = call_;
      own.caller.set_name(user.name());
      JH_RETURN_IF_ERROR(stores_.calendar_links.Replace(connection, own, id).status());
      JH_RETURN_IF_ERROR(
          stores_.sign_on.Replace(connection, own, {"https://id.example", id}).status());
      JH_RETURN_IF_ERROR(
          stores_.sign_on.Spend(connection, id, call_.now + absl::Minutes(i)).status());
      JH_RETURN_IF_ERROR(
          stores_.passwords.Change(connection, call_, {id, user.login(), "hash", true, false}, "h")
              .status());
    }
    return absl::OkStatus();
  }
};

TEST_F(StoresTest, QueriesUseTheirIndex) {
  absl::Status status = Transact([this](db::Connection& connection) { return Fill(connection); });
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_TRUE(journal_.SealOnce().ok());
  testing::ExpectQueriesUseTheirIndex(database_);
}

TEST_F(StoresTest, AChangeOfAnOldVersionRunsTheTransactionAgain) {
  const v1::Member member = NewMember(0);
  int runs = 0;
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    if (++runs == 1) JH_RETURN_IF_ERROR(stores_.members.Insert(connection, call_, member).status());
    JH_ASSIGN_OR_RETURN(v1::Member before, stores_.members.Get(connection, member.name()));
    before.set_etag("7");
    return stores_.members.Update(connection, call_, before, before, "").status();
  });
  // The insert was rolled back with the rest, so the second run finds nothing.
  EXPECT_EQ(ReasonOf(status), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(runs, 2);
}

TEST_F(StoresTest, WhoAsksForUsersInTurnWaitsForTheOneBefore) {
  std::future<bool> second;
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const bool any, stores_.users.AnyInTurn(connection));
    EXPECT_FALSE(any);
    second = std::async(std::launch::async, [this] {
      bool found = false;
      const absl::Status asked = Transact([&](db::Connection& other) -> absl::Status {
        JH_ASSIGN_OR_RETURN(found, stores_.users.AnyInTurn(other));
        return absl::OkStatus();
      });
      EXPECT_TRUE(asked.ok()) << asked;
      return found;
    });
    // Time enough for an answer that does not wait.
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    v1::User user;
    user.set_name("users/u1");
    user.set_login("sysadmin");
    user.set_state(v1::User::STATE_ACTIVE);
    return stores_.users.Insert(connection, call_, user, "hash").status();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_TRUE(second.get());
}

TEST_F(StoresTest, ThePhoneStandsInItsColumnAlone) {
  const v1::Member member = NewMember(0);
  static const auto* read =
      new db::Query("SELECT liaison_phone, body FROM member WHERE member_id = ?", "PRIMARY");
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const v1::Member inserted,
                        stores_.members.Insert(connection, call_, member));
    EXPECT_EQ(inserted.liaison_phone(), "138****1234");
    return connection
        .Select(*read, {LastSegment(member.name())},
                [](const db::Row& row) {
                  EXPECT_EQ(row.Text(0), "13812341234");
                  EXPECT_EQ(row.Text(1).find("1234"), std::string::npos);
                })
        .status();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(StoresTest, ACredentialIsResolvedUntilItEnds) {
  const absl::Status status = Transact([this](db::Connection& connection) -> absl::Status {
    v1::User user;
    user.set_name("users/u1");
    user.set_login("li.wei");
    user.set_state(v1::User::STATE_ACTIVE);
    JH_RETURN_IF_ERROR(stores_.users.Insert(connection, call_, user, "hash").status());
    const absl::Time end = call_.now + absl::Hours(1);
    for (const char* id : {"c1", "c2", "c3"}) {
      JH_RETURN_IF_ERROR(stores_.credentials.Open(connection, call_, user.name(), id, end));
    }
    const auto valid = [&](const char* id, absl::Time now) {
      return stores_.credentials.Resolve(connection, id, now).ok();
    };
    EXPECT_TRUE(valid("c1", end - absl::Microseconds(1)));
    EXPECT_FALSE(valid("c1", end));
    EXPECT_FALSE(valid("c4", call_.now));
    JH_RETURN_IF_ERROR(stores_.credentials.Revoke(connection, call_, "c1"));
    EXPECT_FALSE(valid("c1", call_.now));
    EXPECT_EQ(*stores_.credentials.RevokeAll(connection, user.name(), "c2", call_.now), 1);
    EXPECT_TRUE(valid("c2", call_.now));
    EXPECT_FALSE(valid("c3", call_.now));
    EXPECT_EQ(*stores_.credentials.DeleteExpired(connection, end, 10), 0);
    EXPECT_EQ(*stores_.credentials.DeleteExpired(connection, end + absl::Seconds(1), 10), 3);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace jinhuan::alliance
