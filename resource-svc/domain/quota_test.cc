// What a booking of a canteen counts; quotas of windows are in booking_rules_test.cc.
#include "resource-svc/domain/quota.h"

#include <gmock/gmock.h>

#include <set>

#include "alliance-svc/facts/date.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

v1::Booking Meal(int day, int hour, int minute = 0) {
  v1::Booking booking;
  booking.set_window("alliances/a/facilities/f/windows/w");
  booking.set_member("alliances/a/members/m1");
  booking.set_user("users/u");
  booking.set_quantity(1);
  booking.set_facility_kind(v1::FACILITY_KIND_CANTEEN);
  *booking.mutable_start_time() =
      api::ToProto(absl::FromCivil(absl::CivilMinute(2026, 11, day, hour, minute), kZone));
  return booking;
}

Supply Here(const std::vector<alliance::v1::Charter>& charters = {}) {
  return {{}, {}, kZone, 0, std::make_shared<const AllianceRules>(charters)};
}

std::string PeriodOf(const v1::Booking& booking) {
  const auto uses = QuotaUses(Here(), booking);
  EXPECT_THAT(uses, SizeIs(1));
  EXPECT_EQ(uses[0].scope, kMealScope);
  EXPECT_EQ(uses[0].subject, "person:users/u");
  EXPECT_EQ(uses[0].limit, 1);
  return uses[0].period;
}

TEST(QuotaTest, TheHourSaysWhichMealItIs) {
  EXPECT_EQ(PeriodOf(Meal(23, 4)), "breakfast:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(23, 9, 59)), "breakfast:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(23, 10)), "lunch:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(23, 15, 59)), "lunch:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(23, 16)), "supper:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(23, 21)), "night:2026-11-23");
  EXPECT_EQ(PeriodOf(Meal(24, 0, 30)), "night:2026-11-23");  // of the day before
  EXPECT_EQ(PeriodOf(Meal(24, 3, 59)), "night:2026-11-23");
}

TEST(QuotaTest, EveryoneWhoIsKnownCounts) {
  v1::Booking booking = Meal(23, 12);
  booking.set_quantity(3);
  booking.add_guests("王芳");
  std::set<std::string> kinds;
  for (const QuotaUse& use : QuotaUses(Here(), booking)) kinds.insert(use.subject_kind);
  EXPECT_THAT(kinds, ElementsAre("guest", "person"));
  booking.set_quantity(1);  // the guest alone
  const auto uses = QuotaUses(Here(), booking);
  ASSERT_THAT(uses, SizeIs(1));
  EXPECT_EQ(uses[0].guest, "王芳");
  EXPECT_EQ(uses[0].subject.find("王芳"), std::string::npos);
}

TEST(QuotaTest, OnlyCanteensServeMeals) {
  v1::Booking booking = Meal(23, 12);
  booking.set_facility_kind(v1::FACILITY_KIND_VENUE);
  EXPECT_THAT(QuotaUses(Here(), booking), IsEmpty());
}

alliance::v1::Charter From(int day, alliance::v1::QuotaHolder holder, alliance::v1::QuotaSpan span,
                           int limit) {
  alliance::v1::Charter charter;
  *charter.mutable_effective_date() = alliance::ToDate(absl::CivilDay(2026, 11, day));
  alliance::v1::BookingQuota& quota = *charter.add_booking_quotas();
  quota.set_holder(holder);
  quota.set_span(span);
  quota.set_limit(limit);
  return charter;
}

TEST(QuotaTest, TheCharterInForceOnTheDayCountsOverAllFacilities) {
  const Supply here =
      Here({From(1, alliance::v1::QUOTA_HOLDER_PERSON, alliance::v1::QUOTA_SPAN_WEEK, 3),
            From(24, alliance::v1::QUOTA_HOLDER_UNIT, alliance::v1::QUOTA_SPAN_MONTH, 40)});
  v1::Booking booking = Meal(23, 12);
  booking.set_facility_kind(v1::FACILITY_KIND_VENUE);
  const auto before = QuotaUses(here, booking);
  ASSERT_THAT(before, SizeIs(1));
  EXPECT_EQ(before[0].scope, kCharterScope);
  EXPECT_EQ(before[0].subject + " " + before[0].period, "person:users/u week:2026-11-23");
  EXPECT_EQ(before[0].limit, 3);
  booking = Meal(24, 12);
  booking.set_facility_kind(v1::FACILITY_KIND_VENUE);
  const auto after = QuotaUses(here, booking);
  ASSERT_THAT(after, SizeIs(1));
  EXPECT_EQ(after[0].subject + " " + after[0].period, "unit:m1 month:2026-11");
  EXPECT_EQ(after[0].limit, 40);
}

}  // namespace
}  // namespace jinhuan::resource
