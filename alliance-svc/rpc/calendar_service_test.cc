#include "alliance-svc/rpc/calendar_service.h"

#include <gmock/gmock.h>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CalendarServiceTest : public AccountFixture {
 protected:
  using Calendars = v1::CalendarService::Stub;

  absl::StatusOr<v1::CalendarLink> Create(const TestCaller& as,
                                          const std::string& request_id = "") {
    v1::CreateCalendarLinkRequest request;
    request.set_request_id(request_id);
    return Call(*calendars_, &Calendars::CreateCalendarLink, as, request);
  }
  absl::StatusOr<v1::CalendarLink> GetLink(const TestCaller& as) {
    return Call(*calendars_, &Calendars::GetCalendarLink, as, v1::GetCalendarLinkRequest());
  }
  absl::Status RevokeLink(const TestCaller& as) {
    return Call(*calendars_, &Calendars::RevokeCalendarLink, as, v1::RevokeCalendarLinkRequest())
        .status();
  }
  static std::string TokenIn(const v1::CalendarLink& link) {
    const std::string& path = link.path();
    EXPECT_THAT(path, ::testing::MatchesRegex("/calendars/[A-Za-z0-9_-]{43}\\.ics"));
    return path.substr(11, path.size() - 15);
  }
  absl::StatusOr<auth::v1::Caller> ResolveLink(const std::string& token) {
    v1::ResolveCalendarLinkRequest request;
    request.set_token(token);
    const auto answer = Call(*calendars_, &Calendars::ResolveCalendarLink,
                             As("services/gateway", auth::v1::ROLE_INTERNAL), request);
    if (!answer.ok()) return answer.status();
    return answer->caller();
  }

  const v1::User user_ = MakeUser("li.wei");
  const TestCaller self_ = CallerOf(Token("li.wei"));
};

TEST_F(CalendarServiceTest, ALinkBelongsToItsPersonAsThingsAreNow) {
  const std::string alliance = MakeAlliance("a1").name();
  const auto link = Create(self_);
  ASSERT_TRUE(link.ok()) << link.status();
  EXPECT_EQ(link->name(), user_.name() + "/calendarLink");
  const std::string token = TokenIn(*link);
  EXPECT_EQ(ResolveLink(token)->grants_size(), 0);
  ASSERT_TRUE(Grant(user_.name(), auth::v1::ROLE_STREET_ADMIN, alliance).ok());
  const auto caller = ResolveLink(token);
  EXPECT_EQ(caller->name(), user_.name());
  EXPECT_EQ(caller->display_name(), "党建专员");
  ASSERT_EQ(caller->grants_size(), 1);
  EXPECT_EQ(caller->SerializeAsString(), Resolve(Token("li.wei"))->SerializeAsString());
  ASSERT_TRUE(Disable(user_.name()).ok());
  EXPECT_EQ(ReasonOf(ResolveLink(token).status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Enable(user_.name()).ok());
  EXPECT_TRUE(ResolveLink(token).ok());
}

TEST_F(CalendarServiceTest, ThePathIsShownOnceAndKeptNowhere) {
  const auto first = Create(self_, "r1");
  const auto again = Create(self_, "r1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->path(), "");
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(GetLink(self_)->path(), "");
  EXPECT_TRUE(ResolveLink(TokenIn(*first)).ok());
  EXPECT_THAT(Stored(), Not(HasSubstr(TokenIn(*first))));
}

TEST_F(CalendarServiceTest, ANewLinkEndsTheOneBeforeAndRevokingEndsIt) {
  EXPECT_EQ(ReasonOf(GetLink(self_).status()), "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(RevokeLink(self_).ok());  // none: nothing changes
  const std::string first = TokenIn(*Create(self_));
  clock_.Advance(absl::Minutes(1));
  const std::string second = TokenIn(*Create(self_));
  EXPECT_EQ(ReasonOf(ResolveLink(first).status()), "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(ResolveLink(second).ok());
  EXPECT_EQ(GetLink(self_)->create_time().seconds(), absl::ToUnixSeconds(clock_.Now()));
  const size_t entries = Entries().size();
  EXPECT_TRUE(RevokeLink(self_).ok());
  EXPECT_EQ(ReasonOf(ResolveLink(second).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GetLink(self_).status()), "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(RevokeLink(self_).ok());
  EXPECT_EQ(Entries().size(), entries + 1);
}

TEST_F(CalendarServiceTest, SaysToTheHourWhenItWasRead) {
  const std::string token = TokenIn(*Create(self_));
  EXPECT_FALSE(GetLink(self_)->has_read_time());
  ASSERT_TRUE(ResolveLink(token).ok());
  const int64_t hour = absl::ToUnixSeconds(clock_.Now()) / 3600 * 3600;
  EXPECT_EQ(GetLink(self_)->read_time().seconds(), hour);
  clock_.Advance(absl::Hours(1));
  ASSERT_TRUE(ResolveLink(token).ok());
  EXPECT_EQ(GetLink(self_)->read_time().seconds(), hour + 3600);
}

TEST_F(CalendarServiceTest, IsForPeopleAndOnlyTheSuiteResolves) {
  const TestCaller system = As("serviceAccounts/s", auth::v1::ROLE_SYSTEM, "alliances/a1");
  EXPECT_EQ(ReasonOf(Create(system).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GetLink(system).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(RevokeLink(system)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Create({}).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(ResolveLink("").status()), "RESOURCE_NOT_FOUND");
  v1::ResolveCalendarLinkRequest request;
  request.set_token(TokenIn(*Create(self_)));
  EXPECT_EQ(
      ReasonOf(Call(*calendars_, &Calendars::ResolveCalendarLink, system_admin_, request).status()),
      "ROLE_REQUIRED");
}

}  // namespace
}  // namespace jinhuan::alliance
