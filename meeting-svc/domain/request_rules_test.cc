#include "meeting-svc/domain/request_rules.h"

#include <gtest/gtest.h>

#include "meeting-svc/domain/request_steps.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

v1::DispatchRule Rule(v1::RequestCategory category, const std::string& grid,
                      const std::string& member) {
  v1::DispatchRule rule;
  rule.set_category(category);
  rule.set_grid(grid);
  rule.set_member(member);
  return rule;
}

TEST(RequestRulesTest, TheRuleThatSaysMostDecides) {
  v1::DispatchTable table;
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_NOISE, "g1"), "");
  *table.add_rules() = Rule(v1::REQUEST_CATEGORY_NOISE, "g1", "both");
  *table.add_rules() = Rule(v1::REQUEST_CATEGORY_UNSPECIFIED, "g1", "grid");
  *table.add_rules() = Rule(v1::REQUEST_CATEGORY_NOISE, "", "category");
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_NOISE, "g1"), "both");
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_NOISE, "g2"), "category");
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_PARKING, "g1"), "grid");
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_PARKING, ""), "");
  *table.add_rules() = Rule(v1::REQUEST_CATEGORY_UNSPECIFIED, "", "anyone");
  *table.add_rules() = Rule(v1::REQUEST_CATEGORY_UNSPECIFIED, "", "too late");
  EXPECT_EQ(MemberFor(table, v1::REQUEST_CATEGORY_PARKING, ""), "anyone");
}

TEST(RequestRulesTest, TheClockCountsWorkingDaysAndTheDayAWeekendIsWorked) {
  alliance::v1::Charter charter;
  charter.mutable_clocks()->set_simple_request_days(1);
  charter.mutable_clocks()->set_ordinary_request_days(5);
  charter.mutable_clocks()->set_difficult_request_days(15);
  absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  // Friday, 9 January 2026, late in the evening there.
  const absl::Time received = absl::FromCivil(absl::CivilSecond(2026, 1, 9, 23, 30, 0), zone);
  const auto due = [&](v1::RequestType type) {
    return absl::ToCivilSecond(
        DueTime(received, type, charter, alliance::WorkingCalendar({charter}), zone), zone);
  };
  EXPECT_EQ(due(v1::REQUEST_TYPE_SIMPLE), absl::CivilSecond(2026, 1, 13));
  EXPECT_EQ(due(v1::REQUEST_TYPE_ORDINARY), absl::CivilSecond(2026, 1, 17));
  EXPECT_EQ(due(v1::REQUEST_TYPE_DIFFICULT), absl::CivilSecond(2026, 1, 31));
  charter.mutable_holidays()->add_years(2026);
  google::type::Date& sunday = *charter.mutable_holidays()->add_worked_weekend_days();
  sunday.set_year(2026);
  sunday.set_month(1);
  sunday.set_day(11);
  EXPECT_EQ(due(v1::REQUEST_TYPE_SIMPLE), absl::CivilSecond(2026, 1, 12));
}

TEST(RequestRulesTest, TheReporterIsForTheReporterAndTheStreet) {
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  auth::v1::Caller caller;
  caller.set_name("users/u2");
  EXPECT_EQ(SeenBy(request, "users/u1", caller, absl::Now()).reporter(), "");
  EXPECT_EQ(SeenBy(request, "users/u2", caller, absl::Now()).reporter(), "users/u2");
  EXPECT_TRUE(SeenBy(request, "users/u2", caller, absl::Now()).own());
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(auth::v1::ROLE_STREET_ADMIN);
  grant.set_alliance("alliances/b");
  EXPECT_EQ(SeenBy(request, "users/u1", caller, absl::Now()).reporter(), "");
  grant.set_alliance("alliances/a");
  EXPECT_EQ(SeenBy(request, "users/u1", caller, absl::Now()).reporter(), "users/u1");
  // Who chairs runs meetings; whoever reported did not tell them so.
  grant.set_role(auth::v1::ROLE_CHAIR);
  EXPECT_EQ(SeenBy(request, "users/u1", caller, absl::Now()).reporter(), "");
}

TEST(RequestRulesTest, OverdueIsWhatIsNotResolvedInTime) {
  const absl::Time due = absl::FromUnixSeconds(1'800'000'000);
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  const auto overdue = [&](absl::Time now) { return SeenBy(request, "", {}, now).overdue(); };
  EXPECT_FALSE(overdue(due));
  *request.mutable_due_time() = api::ToProto(due);
  EXPECT_FALSE(overdue(due - absl::Seconds(1)));
  EXPECT_TRUE(overdue(due));
  *request.mutable_resolve_time() = api::ToProto(due - absl::Seconds(1));
  EXPECT_FALSE(overdue(due + absl::Hours(99)));
  *request.mutable_resolve_time() = api::ToProto(due);
  EXPECT_TRUE(overdue(due + absl::Hours(99)));
}

TEST(RequestRulesTest, TheJournalGetsNothingThatPeopleWrote) {
  v1::Request request;
  const std::string secret = "138 0000 0000";
  request.set_title(secret);
  request.set_description(secret);
  request.set_place(secret);
  request.set_grid(secret);
  request.mutable_location()->set_latitude(31.2304);
  request.set_reporter(secret);
  request.set_result(secret);
  request.set_rating_comment(secret);
  request.add_steps()->set_reason(secret);
  request.set_rating(4);
  const v1::Request kept = ForJournal(request, "users/u1");
  EXPECT_EQ(kept.SerializeAsString().find(secret), std::string::npos);
  EXPECT_EQ(kept.reporter(), "users/u1");
  EXPECT_FALSE(kept.has_location());
  EXPECT_EQ(kept.rating(), 4);
}

}  // namespace
}  // namespace jinhuan::meeting
