#include "alliance-svc/facts/working_days.h"

#include <gtest/gtest.h>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {
namespace {

using absl::CivilDay;

const WorkingDays& Shipped() {
  static const WorkingDays days(DefaultCharter().holidays());
  return days;
}

TEST(WorkingDays, WeekdaysWithoutATable) {
  const WorkingDays plain{v1::HolidayTable()};
  EXPECT_TRUE(plain.IsWorkingDay(CivilDay(2026, 10, 1)));  // a Thursday
  EXPECT_FALSE(plain.IsWorkingDay(CivilDay(2026, 10, 3)));
  EXPECT_FALSE(plain.IsWorkingDay(CivilDay(2026, 10, 4)));
  EXPECT_TRUE(plain.IsWorkingDay(CivilDay(2026, 10, 5)));
}

TEST(WorkingDays, HolidaysAreOffAndExchangedWeekendsAreWorked) {
  EXPECT_FALSE(Shipped().IsWorkingDay(CivilDay(2026, 10, 1)));
  EXPECT_TRUE(Shipped().IsWorkingDay(CivilDay(2026, 10, 8)));
  EXPECT_TRUE(Shipped().IsWorkingDay(CivilDay(2026, 10, 10)));   // a Saturday
  EXPECT_FALSE(Shipped().IsWorkingDay(CivilDay(2026, 10, 11)));  // a plain Sunday
}

// How many days of a year are worked, as the notices for it add up: 248 in each.
TEST(WorkingDays, AYearHasAsManyAsTheNoticesSay) {
  for (const int year : {2025, 2026}) {
    int worked = 0;
    for (CivilDay day(year, 1, 1); day.year() == year; ++day) {
      worked += Shipped().IsWorkingDay(day) ? 1 : 0;
    }
    EXPECT_EQ(worked, 248) << year;
  }
}

TEST(WorkingDays, AddCountsOnlyWorkingDays) {
  const auto add = [](CivilDay from, int days) { return Shipped().Add(from, days).day; };
  EXPECT_EQ(add(CivilDay(2026, 3, 2), 0), CivilDay(2026, 3, 2));
  EXPECT_EQ(add(CivilDay(2026, 10, 3), 0), CivilDay(2026, 10, 3));  // not a working day itself
  EXPECT_EQ(add(CivilDay(2026, 3, 2), 1), CivilDay(2026, 3, 3));
  EXPECT_EQ(add(CivilDay(2026, 3, 6), 1), CivilDay(2026, 3, 9));  // over a weekend
  // Over the National Day week, with the Saturday after it: 30 Sep, 8, 9, 10, 12 Oct.
  EXPECT_EQ(add(CivilDay(2026, 9, 29), 5), CivilDay(2026, 10, 12));
  // Over the Spring Festival, from the Saturday that is worked before it.
  EXPECT_EQ(add(CivilDay(2026, 2, 13), 2), CivilDay(2026, 2, 24));
}

TEST(WorkingDays, SaysWhenItCountedBeyondTheTable) {
  EXPECT_FALSE(Shipped().Add(CivilDay(2026, 12, 30), 1).beyond_table);
  EXPECT_TRUE(Shipped().Add(CivilDay(2026, 12, 31), 1).beyond_table);
  EXPECT_TRUE(Shipped().Add(CivilDay(2024, 12, 30), 1).beyond_table);
  EXPECT_FALSE(Shipped().Add(CivilDay(2024, 12, 31), 2).beyond_table);
  EXPECT_FALSE(Shipped().Add(CivilDay(2030, 1, 1), 0).beyond_table);
}

TEST(Date, OnlyDaysThatTheCalendarHas) {
  google::type::Date date = ToDate(CivilDay(2028, 2, 29));
  EXPECT_EQ(ToCivilDay(date), CivilDay(2028, 2, 29));
  date.set_year(2027);
  EXPECT_EQ(ToCivilDay(date), std::nullopt);
  EXPECT_EQ(ToCivilDay(ToDate(CivilDay(1999, 12, 31))), std::nullopt);
  EXPECT_EQ(ToCivilDay(ToDate(CivilDay(2201, 1, 1))), std::nullopt);
  EXPECT_EQ(ToCivilDay(google::type::Date()), std::nullopt);
  date.set_month(0);
  EXPECT_EQ(ToCivilDay(date), std::nullopt);
}

}  // namespace
}  // namespace jinhuan::alliance
