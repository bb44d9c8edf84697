#include "resource-svc/domain/window_calendar.h"

#include <gmock/gmock.h>

#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/distance.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/random_window.h"
#include "resource-svc/domain/window_rules.h"

namespace jinhuan::resource {
namespace {

google::type::Date Yearless(int month, int day) {
  google::type::Date date;
  date.set_month(month);
  date.set_day(day);
  return date;
}

// National Day 2026: 1 to 7 October are free, Saturday the 10th is worked.
WorkingCalendar NationalDay() {
  alliance::v1::Charter first;
  for (int day = 1; day <= 7; ++day) {
    *first.mutable_holidays()->add_holidays()->mutable_date() =
        ToDate(absl::CivilDay(2026, 10, day));
  }
  *first.mutable_holidays()->add_worked_weekend_days() = ToDate(absl::CivilDay(2026, 10, 10));
  alliance::v1::Charter second;
  *second.mutable_effective_date() = ToDate(absl::CivilDay(2026, 10, 6));
  return WorkingCalendar({first, second});
}

TEST(WindowDaysTest, ASeasonComesEveryYearAndMayTurnIt) {
  v1::Season summer;
  *summer.mutable_first() = Yearless(6, 1);
  *summer.mutable_last() = Yearless(8, 31);
  v1::Season winter;
  *winter.mutable_first() = Yearless(12, 15);
  *winter.mutable_last() = Yearless(2, 29);
  for (const int year : {2026, 2027, 2028}) {
    EXPECT_TRUE(InSeason(summer, absl::CivilDay(year, 6, 1)));
    EXPECT_TRUE(InSeason(summer, absl::CivilDay(year, 8, 31)));
    EXPECT_FALSE(InSeason(summer, absl::CivilDay(year, 9, 1)));
    EXPECT_TRUE(InSeason(winter, absl::CivilDay(year, 12, 31)));
    EXPECT_TRUE(InSeason(winter, absl::CivilDay(year, 2, 28)));
    EXPECT_FALSE(InSeason(winter, absl::CivilDay(year, 3, 1)));
    EXPECT_FALSE(InSeason(winter, absl::CivilDay(year, 12, 14)));
  }
  EXPECT_TRUE(InSeason(winter, absl::CivilDay(2028, 2, 29)));
}

// Windows with seasons and kinds of days at random: an opening begins on exactly the days
// that all rules allow, and two windows that are said not to overlap never meet, whichever
// days are worked.
TEST(WindowDaysTest, OpeningsKeepEveryRule) {
  std::mt19937 random(11);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const absl::CivilDay first(2026, 9, 20);
  const absl::TimeZone zone = *FindTimeZone(kDefaultTimeZone);
  const absl::Time from = absl::FromCivil(first - 1, zone);
  const absl::Time to = absl::FromCivil(first + 40, zone);
  const WorkingCalendar days = NationalDay();
  int apart = 0;
  const auto next = [&] {
    v1::Window window = RandomWindow(first, random);
    window.clear_end_date();
    if (pick(2) == 0) {
      *window.mutable_season()->mutable_first() = Yearless(1 + pick(12), 1 + pick(28));
      *window.mutable_season()->mutable_last() = Yearless(1 + pick(12), 1 + pick(28));
    }
    window.set_day_kind(static_cast<v1::DayKind>(pick(3)));
    return window;
  };
  for (int round = 0; round < 1000; ++round) {
    const v1::Window a = next();
    const v1::Window b = next();
    std::set<absl::CivilDay> opened;
    const auto slots = WindowCalendar(a, zone, &days).SlotsOverlapping(from, to);
    for (const Slot& slot : slots) {
      const absl::CivilMinute start = absl::ToCivilMinute(slot.start, zone);
      const int minute = start.hour() * 60 + start.minute();
      opened.insert(absl::CivilDay(start) - (minute < a.open_minute() ? 1 : 0));
    }
    for (absl::CivilDay day = first; day < first + 39; ++day) {
      const bool kind = a.day_kind() == v1::DAY_KIND_UNSPECIFIED ||
                        (a.day_kind() == v1::DAY_KIND_WORKING) == days.IsWorkingDay(day);
      ASSERT_EQ(opened.contains(day), MayOpenOn(a, day) && kind) << a.ShortDebugString();
    }
    if (Overlap(a, b)) continue;
    ++apart;
    const auto others = WindowCalendar(b, zone, &days).SlotsOverlapping(from, to);
    for (const Slot& slot : slots) ASSERT_FALSE(OverlapsOneOf(slot, others));
  }
  EXPECT_GT(apart, 100);
}

TEST(WindowDaysTest, ASlotCostsWhatItsHourCosts) {
  Supply supply;
  supply.zone = *FindTimeZone(kDefaultTimeZone);
  v1::Window& window = supply.window;
  *window.mutable_start_date() = ToDate(absl::CivilDay(2026, 11, 1));
  window.set_open_minute(20 * 60);
  window.set_close_minute(32 * 60);
  window.set_slot_minutes(60);
  window.set_capacity(1);
  window.set_price_fen(500);
  v1::Discount& night = *window.add_discounts();
  night.set_from_minute(23 * 60);
  night.set_to_minute(25 * 60);
  night.set_price_fen(100);
  std::vector<int64_t> prices;
  const auto slots =
      CalendarOf(supply).OpeningAt(absl::FromCivil(absl::CivilHour(2026, 11, 3, 20), supply.zone));
  for (const Slot& slot : slots) prices.push_back(PriceOf(supply, slot));
  EXPECT_THAT(prices,
              ::testing::ElementsAre(500, 500, 500, 100, 100, 500, 500, 500, 500, 500, 500, 500));
  const auto wrong = [&](int from, int to, int64_t price) {
    v1::Window changed = window;
    v1::Discount& more = *changed.add_discounts();
    more.set_from_minute(from);
    more.set_to_minute(to);
    more.set_price_fen(price);
    Violations violations;
    CheckWindow(changed, violations);
    return !violations.empty();
  };
  EXPECT_FALSE(wrong(25 * 60, 26 * 60, 0));
  EXPECT_TRUE(wrong(24 * 60, 26 * 60, 0));    // overlaps
  EXPECT_TRUE(wrong(25 * 60, 26 * 60, 500));  // is no discount
  EXPECT_TRUE(wrong(26 * 60, 26 * 60, 0));
}

TEST(WindowDaysTest, DistanceOnTheGround) {
  google::type::LatLng bund;
  bund.set_latitude(31.2400);
  bund.set_longitude(121.4900);
  google::type::LatLng temple;
  temple.set_latitude(31.2231);
  temple.set_longitude(121.4450);
  EXPECT_NEAR(MetresBetween(bund, temple), 4674, 25);
  EXPECT_EQ(MetresBetween(bund, bund), 0);
  temple.set_latitude(91);
  EXPECT_FALSE(IsPlace(temple));
}

}  // namespace
}  // namespace jinhuan::resource
