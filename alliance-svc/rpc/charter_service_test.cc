#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/service_fixture.h"
#include "alliance-svc/rpc/upkeep.h"

namespace jinhuan::alliance {
namespace {

using absl::CivilDay;
using Stub = v1::CharterService::Stub;

class CharterServiceTest : public ServiceFixture {
 protected:
  v1::AdoptCharterRequest Adoption(int base, CivilDay effective) const {
    v1::AdoptCharterRequest request;
    request.set_parent(alliance_);
    request.set_base_version(base);
    *request.mutable_charter() = DefaultCharter();
    request.mutable_charter()->set_decision("第三次联席会议第 4 号决议");
    request.mutable_charter()->mutable_rotation()->set_term_months(12);
    *request.mutable_charter()->mutable_effective_date() = ToDate(effective);
    return request;
  }

  absl::StatusOr<v1::Charter> Adopt(const v1::AdoptCharterRequest& request) {
    return Call(*charters_, &Stub::AdoptCharter, street_, request);
  }

  absl::StatusOr<v1::Charter> Get(const std::string& version) {
    v1::GetCharterRequest request;
    request.set_name(alliance_ + "/charters/" + version);
    return Call(*charters_, &Stub::GetCharter, street_, request);
  }

  absl::StatusOr<v1::AddWorkingDaysResponse> Add(CivilDay date, int days) {
    v1::AddWorkingDaysRequest request;
    request.set_parent(alliance_);
    *request.mutable_date() = ToDate(date);
    request.set_days(days);
    return Call(*charters_, &Stub::AddWorkingDays, street_, request);
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const TestCaller street_ = Street(alliance_);
  // There it is 2026-09-21 22:13:20.
  const CivilDay today_{2026, 9, 21};
};

TEST_F(CharterServiceTest, AnAllianceBeginsWithTheDefault) {
  const auto charter = Get("-");
  ASSERT_TRUE(charter.ok()) << charter.status();
  EXPECT_EQ(charter->name(), alliance_ + "/charters/1");
  EXPECT_EQ(charter->version(), 1);
  EXPECT_TRUE(charter->in_force());
  EXPECT_EQ(ToCivilDay(charter->effective_date()), today_);
  EXPECT_EQ(charter->rotation().SerializeAsString(),
            DefaultCharter().rotation().SerializeAsString());
  EXPECT_EQ(Get("1")->SerializeAsString(), charter->SerializeAsString());
}

TEST_F(CharterServiceTest, AVersionComesIntoForceAtItsMidnightThere) {
  v1::AdoptCharterRequest request = Adoption(1, today_ + 1);
  request.mutable_charter()->set_name("alliances/a9/charters/7");
  request.mutable_charter()->set_in_force(true);
  const auto adopted = Adopt(request);
  ASSERT_TRUE(adopted.ok()) << adopted.status();
  EXPECT_EQ(adopted->name(), alliance_ + "/charters/2");
  EXPECT_EQ(adopted->adopt_time().seconds(), absl::ToUnixSeconds(clock_.Now()));
  EXPECT_FALSE(adopted->in_force());
  EXPECT_EQ(Get("-")->version(), 1);
  const absl::Time midnight = absl::FromCivil(
      today_ + 1, *[] {
        static absl::TimeZone zone;
        absl::LoadTimeZone("Asia/Shanghai", &zone);
        return &zone;
      }());
  clock_.Advance(midnight - clock_.Now() - absl::Seconds(1));
  EXPECT_EQ(Get("-")->version(), 1);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Get("-")->version(), 2);
  EXPECT_EQ(Get("-")->rotation().term_months(), 12);
  EXPECT_TRUE(Get("2")->in_force());
  EXPECT_FALSE(Get("1")->in_force());
}

TEST_F(CharterServiceTest, OneEffectiveTodayIsInForceFromItsAdoption) {
  EXPECT_TRUE(Adopt(Adoption(1, today_))->in_force());
  EXPECT_EQ(Get("-")->version(), 2);
  // What happened earlier today went by the version before it.
  clock_.Advance(-absl::Microseconds(1));
  EXPECT_EQ(Get("-")->version(), 1);
}

TEST_F(CharterServiceTest, TellsWhatIsWrong) {
  EXPECT_EQ(ReasonOf(Adopt(Adoption(1, today_ - 1)).status()), "FIELD_INVALID");
  v1::AdoptCharterRequest request = Adoption(1, today_);
  request.mutable_charter()->clear_effective_date();
  EXPECT_EQ(ReasonOf(Adopt(request).status()), "FIELD_REQUIRED");
  request = Adoption(1, today_);
  request.mutable_charter()->mutable_rotation()->set_term_months(25);
  EXPECT_EQ(ReasonOf(Adopt(request).status()), "FIELD_INVALID");
  request = Adoption(1, today_);
  request.mutable_charter()->clear_decision();
  EXPECT_EQ(ReasonOf(Adopt(request).status()), "FIELD_REQUIRED");
  for (const int base : {-1, 0, 2, 2147483647}) {
    EXPECT_EQ(ReasonOf(Adopt(Adoption(base, today_)).status()), "ETAG_STALE") << base;
  }
  request = Adoption(1, today_);
  request.set_parent("alliances/a2");
  EXPECT_EQ(ReasonOf(Adopt(request).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(Call(*charters_, &Stub::AdoptCharter, Street("alliances/a2"), request).status()),
      "RESOURCE_NOT_FOUND");
  const TestCaller liaison =
      As("users/u1", auth::v1::ROLE_LIAISON, alliance_, alliance_ + "/members/m1");
  EXPECT_EQ(ReasonOf(Call(*charters_, &Stub::AdoptCharter, liaison, Adoption(1, today_)).status()),
            "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Get("2").status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get("1/x").status()), "NAME_INVALID");

  // The next may begin with the last, but not before it.
  ASSERT_TRUE(Adopt(Adoption(1, today_ + 30)).ok());
  EXPECT_EQ(ReasonOf(Adopt(Adoption(2, today_ + 29)).status()), "FIELD_INVALID");
  EXPECT_TRUE(Adopt(Adoption(2, today_ + 30)).ok());
}

TEST_F(CharterServiceTest, ValidateOnlyChangesNothing) {
  v1::AdoptCharterRequest request = Adoption(1, today_);
  request.set_validate_only(true);
  const auto checked = Adopt(request);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->version(), 2);
  EXPECT_FALSE(checked->has_adopt_time());
  EXPECT_EQ(Get("-")->version(), 1);
  request.set_base_version(2);
  EXPECT_EQ(ReasonOf(Adopt(request).status()), "ETAG_STALE");
}

TEST_F(CharterServiceTest, OfAdoptionsAtOnceOneWins) {
  std::atomic<int> adopted = 0;
  AtOnce(8, [&](int) {
    const auto charter = Adopt(Adoption(1, today_));
    if (charter.ok()) {
      ++adopted;
      EXPECT_EQ(charter->version(), 2);
    } else {
      EXPECT_EQ(ReasonOf(charter.status()), "ETAG_STALE");
    }
  });
  EXPECT_EQ(adopted, 1);
  EXPECT_EQ(ReasonOf(Get("3").status()), "RESOURCE_NOT_FOUND");
}

TEST_F(CharterServiceTest, ARepeatedAdoptionIsOne) {
  v1::AdoptCharterRequest request = Adoption(1, today_);
  request.set_request_id("r1");
  const auto first = Adopt(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Adopt(request)->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(ReasonOf(Get("3").status()), "RESOURCE_NOT_FOUND");
}

TEST_F(CharterServiceTest, ListsTheNewestFirstInPages) {
  for (int base = 1; base <= 4; ++base) ASSERT_TRUE(Adopt(Adoption(base, today_ + base - 1)).ok());
  v1::ListChartersRequest request;
  request.set_parent(alliance_);
  request.set_page_size(2);
  std::vector<int> versions;
  std::vector<int> in_force;
  do {
    const auto page = Call(*charters_, &Stub::ListCharters, street_, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Charter& charter : page->charters()) {
      versions.push_back(charter.version());
      if (charter.in_force()) in_force.push_back(charter.version());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(versions, ::testing::ElementsAre(5, 4, 3, 2, 1));
  EXPECT_THAT(in_force, ::testing::ElementsAre(2));
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Call(*charters_, &Stub::ListCharters, street_, request).status()),
            "FIELD_INVALID");
  request.set_page_size(0);
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(Call(*charters_, &Stub::ListCharters, street_, request).status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(CharterServiceTest, CountsWorkingDaysByTheTableInForce) {
  const auto sum = Add(CivilDay(2026, 9, 29), 5);
  ASSERT_TRUE(sum.ok()) << sum.status();
  EXPECT_EQ(ToCivilDay(sum->date()), CivilDay(2026, 10, 12));
  EXPECT_EQ(sum->charter_version(), 1);
  EXPECT_FALSE(sum->beyond_table());
  EXPECT_TRUE(Add(CivilDay(2026, 12, 31), 1)->beyond_table());

  v1::AdoptCharterRequest request = Adoption(1, today_);
  request.mutable_charter()->clear_holidays();
  ASSERT_TRUE(Adopt(request).ok());
  EXPECT_EQ(ToCivilDay(Add(CivilDay(2026, 9, 29), 5)->date()), CivilDay(2026, 10, 6));
  EXPECT_EQ(Add(CivilDay(2026, 9, 29), 5)->charter_version(), 2);

  EXPECT_EQ(ReasonOf(Add(CivilDay(2026, 9, 29), -1).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Add(CivilDay(2026, 9, 29), 1001).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Add(CivilDay(1999, 9, 29), 1).status()), "FIELD_INVALID");
  EXPECT_TRUE(Add(CivilDay(2200, 12, 31), 1000).ok());
  v1::AddWorkingDaysRequest undated;
  undated.set_parent(alliance_);
  EXPECT_EQ(ReasonOf(Call(*charters_, &Stub::AddWorkingDays, street_, undated).status()),
            "FIELD_REQUIRED");
}

TEST_F(CharterServiceTest, TheJournalHasEachVersion) {
  ASSERT_TRUE(Adopt(Adoption(1, today_)).ok());
  std::vector<std::string> names;
  for (const auto& entry : Entries()) {
    v1::Charter after;
    if (!entry.after().UnpackTo(&after)) continue;
    names.push_back(entry.resource());
    EXPECT_EQ(entry.alliance(), alliance_);
    EXPECT_EQ(after.name(), entry.resource());
    EXPECT_FALSE(after.in_force());
  }
  EXPECT_THAT(names, ::testing::ElementsAre(alliance_ + "/charters/1", alliance_ + "/charters/2"));
}

TEST_F(CharterServiceTest, AlliancesOlderThanChartersGetTheirFirst) {
  // More than the upkeep takes in one transaction.
  for (int i = 0; i < 120; ++i) MakeAlliance("b" + std::to_string(i));
  ASSERT_TRUE(Adopt(Adoption(1, today_)).ok());
  const auto forget = [](db::Connection& connection) {
    return connection.Run("DELETE FROM charter WHERE alliance_id <> 'a1'");
  };
  ASSERT_TRUE(db::InTransaction(database_->pool(), absl::Now() + absl::Seconds(30), forget).ok());
  AtOnce(2, [&](int) {
    const absl::Status status = WriteFirstCharters(database_->pool(), stores_, ids_, clock_);
    EXPECT_TRUE(status.ok()) << status;
  });
  for (const char* id : {"b0", "b119"}) {
    v1::GetCharterRequest request;
    request.set_name(std::string("alliances/") + id + "/charters/-");
    const auto charter =
        Call(*charters_, &Stub::GetCharter, Street(std::string("alliances/") + id), request);
    ASSERT_TRUE(charter.ok()) << charter.status();
    EXPECT_EQ(charter->version(), 1);
    EXPECT_EQ(ToCivilDay(charter->effective_date()), today_);
  }
  EXPECT_EQ(Get("-")->version(), 2);
}

}  // namespace
}  // namespace jinhuan::alliance
