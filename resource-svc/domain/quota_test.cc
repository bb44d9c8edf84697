// What a booking of a canteen counts; quotas of windows are in booking_rules_test.cc.
#include "resource-svc/domain/quota.h"

#include <gmock/gmock.h>

#include <set>

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

std::string PeriodOf(const v1::Booking& booking) {
  const auto uses = QuotaUses({}, booking, kZone);
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
  for (const QuotaUse& use : QuotaUses({}, booking, kZone)) kinds.insert(use.subject_kind);
  EXPECT_THAT(kinds, ElementsAre("guest", "person"));
  booking.set_quantity(1);  // the guest alone
  const auto uses = QuotaUses({}, booking, kZone);
  ASSERT_THAT(uses, SizeIs(1));
  EXPECT_EQ(uses[0].guest, "王芳");
  EXPECT_EQ(uses[0].subject.find("王芳"), std::string::npos);
}

TEST(QuotaTest, OnlyCanteensServeMeals) {
  v1::Booking booking = Meal(23, 12);
  booking.set_facility_kind(v1::FACILITY_KIND_VENUE);
  EXPECT_THAT(QuotaUses({}, booking, kZone), IsEmpty());
}

}  // namespace
}  // namespace jinhuan::resource
