#include "alliance-svc/domain/rotation_schedule.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance::chair {
namespace {

TEST(RotationScheduleTest, TermsFollowTheCalendar) {
  absl::CivilDay day(2026, 9, 28);
  EXPECT_EQ(EndDay(day, 6), absl::CivilDay(2027, 3, 28));
  EXPECT_EQ(EndDay(day, 5), absl::CivilDay(2027, 2, 28));
  EXPECT_EQ(EndDay(day, 24), absl::CivilDay(2028, 9, 28));
  for (int i = 0; i < 24; ++i) day = EndDay(day, 1);
  EXPECT_EQ(day, absl::CivilDay(2028, 9, 28));
}

TEST(RotationScheduleTest, DaysBeginAtMidnightOfTheZone) {
  const absl::TimeZone zone = ZoneOf("Asia/Shanghai");
  const absl::Time begin = Midnight(absl::CivilDay(2027, 1, 1), zone);
  EXPECT_EQ(absl::FormatTime(begin, absl::UTCTimeZone()), "2026-12-31T16:00:00+00:00");
  EXPECT_EQ(DayOf(begin, zone), absl::CivilDay(2027, 1, 1));
  EXPECT_EQ(DayOf(begin - absl::Microseconds(1), zone), absl::CivilDay(2026, 12, 31));
}

TEST(RotationScheduleTest, TheNameOfATermTellsItsFirstDay) {
  EXPECT_EQ(TermName("alliances/a", absl::CivilDay(2027, 1, 1)),
            "alliances/a/chairTerms/2027-01-01");
  EXPECT_EQ(FirstDayOf("alliances/a/chairTerms/2027-01-01"), absl::CivilDay(2027, 1, 1));
  for (const char* wrong : {"", "2027-1-1", "2027-02-30", "2027-01-01T00", "x"}) {
    EXPECT_FALSE(ParseDayId(wrong).has_value()) << wrong;
  }
}

TEST(RotationScheduleTest, DaysAreNumberedFromTheEpoch) {
  EXPECT_EQ(DayNumber(absl::CivilDay(1970, 1, 2)), 1);
  EXPECT_EQ(DayOfNumber(DayNumber(absl::CivilDay(2027, 2, 28))), absl::CivilDay(2027, 2, 28));
}

}  // namespace
}  // namespace jinhuan::alliance::chair
