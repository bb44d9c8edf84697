#include "alliance-svc/facts/working_calendar.h"

#include <gtest/gtest.h>

#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {
namespace {

// National Day 2026: 1 to 7 October are free, Saturday the 10th is worked.
v1::Charter NationalDay() {
  v1::Charter charter;
  for (int day = 1; day <= 7; ++day) {
    *charter.mutable_holidays()->add_holidays()->mutable_date() =
        ToDate(absl::CivilDay(2026, 10, day));
  }
  *charter.mutable_holidays()->add_worked_weekend_days() = ToDate(absl::CivilDay(2026, 10, 10));
  return charter;
}

TEST(WorkingCalendarTest, GoesByTheCharterThatIsInForceOnTheDay) {
  v1::Charter second;
  *second.mutable_effective_date() = ToDate(absl::CivilDay(2026, 10, 6));
  const WorkingCalendar days({NationalDay(), second});
  EXPECT_TRUE(days.IsWorkingDay(absl::CivilDay(2026, 9, 30)));
  EXPECT_FALSE(days.IsWorkingDay(absl::CivilDay(2026, 10, 5)));   // Monday, a holiday
  EXPECT_TRUE(days.IsWorkingDay(absl::CivilDay(2026, 10, 6)));    // the second knows none
  EXPECT_FALSE(days.IsWorkingDay(absl::CivilDay(2026, 10, 10)));  // Saturday, by the second
  EXPECT_FALSE(WorkingCalendar().IsWorkingDay(absl::CivilDay(2026, 10, 10)));
  EXPECT_TRUE(WorkingCalendar().IsWorkingDay(absl::CivilDay(2026, 10, 5)));
}

TEST(WorkingCalendarTest, CountsDaysAcrossAHolidayAndTheSaturdayWorkedForIt) {
  const WorkingCalendar days({NationalDay()});
  const absl::CivilDay wednesday(2026, 9, 30);
  EXPECT_EQ(days.Add(wednesday, 1), absl::CivilDay(2026, 10, 8));
  EXPECT_EQ(days.Add(wednesday, 3), absl::CivilDay(2026, 10, 10));
  EXPECT_EQ(days.Add(wednesday, 4), absl::CivilDay(2026, 10, 12));
  EXPECT_EQ(days.Add(absl::CivilDay(2026, 10, 3), 1), absl::CivilDay(2026, 10, 8));
  EXPECT_EQ(days.Between(wednesday, absl::CivilDay(2026, 10, 7)), 0);
  EXPECT_EQ(days.Between(wednesday, absl::CivilDay(2026, 10, 12)), 4);
  EXPECT_EQ(days.Between(absl::CivilDay(2026, 10, 12), wednesday), 0);
}

}  // namespace
}  // namespace jinhuan::alliance
