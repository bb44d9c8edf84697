#include "resource-svc/domain/window_rules.h"

#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "resource-svc/domain/random_window.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {
namespace {

v1::Window Valid() {
  v1::Window window;
  *window.mutable_start_date() = ToDate(absl::CivilDay(2026, 11, 23));
  window.set_open_minute(8 * 60);
  window.set_close_minute(18 * 60);
  window.set_slot_minutes(60);
  window.set_capacity(20);
  return window;
}

v1::Quota* AddQuota(v1::Window& window, int limit = 2) {
  v1::Quota* quota = window.add_quotas();
  quota->set_subject(v1::QUOTA_SUBJECT_PERSON);
  quota->set_period(v1::QUOTA_PERIOD_DAY);
  quota->set_limit(limit);
  return quota;
}

void AddDiscount(v1::Window& window, int from, int to, int64_t price) {
  v1::Discount& discount = *window.add_discounts();
  discount.set_from_minute(from);
  discount.set_to_minute(to);
  discount.set_price_fen(price);
}

void Season(v1::Window& window, int first_month, int first_day, int last_month, int last_day) {
  window.mutable_season()->mutable_first()->set_month(first_month);
  window.mutable_season()->mutable_first()->set_day(first_day);
  window.mutable_season()->mutable_last()->set_month(last_month);
  window.mutable_season()->mutable_last()->set_day(last_day);
}

std::string ReasonFor(const std::function<void(v1::Window&)>& change) {
  v1::Window window = Valid();
  change(window);
  Violations violations;
  CheckWindow(window, violations);
  return ReasonOf(violations.ToStatus());
}

TEST(WindowRulesTest, TakesTheBounds) {
  const std::function<void(v1::Window&)> changes[] = {
      [](v1::Window&) {},
      [](v1::Window& w) {
        w.set_open_minute(1439), w.set_close_minute(2879), w.set_slot_minutes(1440);
      },
      [](v1::Window& w) { w.set_slot_minutes(5); },
      [](v1::Window& w) { w.set_capacity(100'000), w.set_price_fen(1'000'000); },
      [](v1::Window& w) {
        w.set_horizon_days(365), w.set_cutoff_minutes(10'080), w.set_cancel_minutes(10'080);
      },
      [](v1::Window& w) { *w.mutable_end_date() = w.start_date(); },
      [](v1::Window& w) { *w.mutable_start_date() = ToDate(absl::CivilDay(2028, 2, 29)); },
      [](v1::Window& w) { w.set_grace_minutes(5), w.set_approval_minutes(5); },
      [](v1::Window& w) { w.set_grace_minutes(1440), w.set_approval_minutes(10'080); },
      [](v1::Window& w) { Season(w, 12, 1, 2, 29), w.set_day_kind(v1::DAY_KIND_REST); },
      [](v1::Window& w) {
        w.set_price_fen(100), AddDiscount(w, 0, 480, 99), AddDiscount(w, 480, 2880, 0);
      },
      [](v1::Window& w) { w.add_audience_tiers(1), w.add_audience_sectors(5); },
      [](v1::Window& w) { AddQuota(w)->set_period(v1::QUOTA_PERIOD_WEEK), AddQuota(w, 10'000); },
  };
  for (const auto& change : changes) EXPECT_EQ(ReasonFor(change), "");
}

TEST(WindowRulesTest, NamesWhatIsMissing) {
  EXPECT_EQ(ReasonFor([](v1::Window& w) { w.clear_start_date(); }), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonFor([](v1::Window& w) { w.clear_close_minute(); }), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonFor([](v1::Window& w) { w.clear_slot_minutes(); }), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonFor([](v1::Window& w) { w.clear_capacity(); }), "FIELD_REQUIRED");
}

TEST(WindowRulesTest, RefusesWhatIsOutOfBounds) {
  const std::function<void(v1::Window&)> changes[] = {
      [](v1::Window& w) { w.mutable_start_date()->set_day(31); },  // of November
      [](v1::Window& w) { w.mutable_start_date()->set_year(0); },
      [](v1::Window& w) { *w.mutable_end_date() = ToDate(absl::CivilDay(2026, 11, 22)); },
      [](v1::Window& w) {
        w.add_weekdays(google::type::MONDAY), w.add_weekdays(google::type::MONDAY);
      },
      [](v1::Window& w) { w.add_weekdays(static_cast<google::type::DayOfWeek>(8)); },
      [](v1::Window& w) { w.set_open_minute(1440), w.set_close_minute(1500); },
      [](v1::Window& w) { w.set_open_minute(-60); },
      [](v1::Window& w) { w.set_close_minute(w.open_minute()); },
      [](v1::Window& w) { w.set_close_minute(w.open_minute() + 1500); },
      [](v1::Window& w) { w.set_slot_minutes(70); },
      [](v1::Window& w) { w.set_slot_minutes(4); },
      [](v1::Window& w) { w.set_capacity(-1); },
      [](v1::Window& w) { w.set_capacity(100'001); },
      [](v1::Window& w) { w.add_audience_tiers(0); },
      [](v1::Window& w) { w.set_price_fen(-1); },
      [](v1::Window& w) { w.set_horizon_days(366); },
      [](v1::Window& w) { w.set_cutoff_minutes(10'081); },
      [](v1::Window& w) { w.set_cancel_minutes(-1); },
      [](v1::Window& w) { w.set_price_fen(1'000'001); },
      [](v1::Window& w) { w.set_grace_minutes(4); },
      [](v1::Window& w) { w.set_grace_minutes(1441); },
      [](v1::Window& w) { w.set_approval_minutes(4); },
      [](v1::Window& w) { w.set_approval_minutes(10'081); },
      [](v1::Window& w) { Season(w, 2, 30, 3, 1); },
      [](v1::Window& w) { Season(w, 6, 1, 13, 1); },
      [](v1::Window& w) { Season(w, 6, 1, 9, 1), w.mutable_season()->mutable_last()->set_year(1); },
      [](v1::Window& w) { w.mutable_season(); },
      [](v1::Window& w) { w.set_day_kind(static_cast<v1::DayKind>(3)); },
      [](v1::Window& w) { w.set_price_fen(100), AddDiscount(w, 0, 60, 100); },
      [](v1::Window& w) { w.set_price_fen(100), AddDiscount(w, 0, 60, -1); },
      [](v1::Window& w) { w.set_price_fen(100), AddDiscount(w, 60, 60, 1); },
      [](v1::Window& w) { w.set_price_fen(100), AddDiscount(w, -1, 60, 1); },
      [](v1::Window& w) { w.set_price_fen(100), AddDiscount(w, 60, 2881, 1); },
      [](v1::Window& w) {
        w.set_price_fen(100), AddDiscount(w, 0, 61, 1), AddDiscount(w, 60, 120, 2);
      },
      [](v1::Window& w) {
        w.set_price_fen(100);
        for (int i = 0; i < 7; ++i) AddDiscount(w, i, i + 1, 1);
      },
      [](v1::Window& w) { w.add_audience_sectors(-1); },
      [](v1::Window& w) { w.add_audience_tiers(1), w.add_audience_tiers(1); },
      [](v1::Window& w) { w.add_audience_members("m"), w.add_audience_members("m"); },
      [](v1::Window& w) {
        for (int i = 0; i < 1001; ++i) w.add_audience_members(std::to_string(i));
      },
      [](v1::Window& w) { AddQuota(w, 10'001); },
      [](v1::Window& w) { AddQuota(w, 0); },
      [](v1::Window& w) { AddQuota(w)->clear_subject(); },
      [](v1::Window& w) { AddQuota(w), AddQuota(w); },
  };
  for (const auto& change : changes) {
    v1::Window window = Valid();
    change(window);
    EXPECT_EQ(ReasonFor(change), "FIELD_INVALID") << window.ShortDebugString();
  }
}

TEST(WindowRulesTest, HoursThatTouchDoNotOverlap) {
  v1::Window day = Valid();
  v1::Window night = Valid();
  night.set_open_minute(18 * 60);
  night.set_close_minute(32 * 60);
  EXPECT_FALSE(Overlap(day, night));
  night.set_close_minute(32 * 60 + 60);  // into the next morning's 8:00
  EXPECT_TRUE(Overlap(day, night));
  EXPECT_TRUE(Overlap(night, day));
  night.add_weekdays(google::type::SATURDAY);
  for (int weekday = 1; weekday <= 5; ++weekday) {
    day.add_weekdays(static_cast<google::type::DayOfWeek>(weekday));
  }
  EXPECT_FALSE(Overlap(day, night));  // Sunday morning
  night.add_weekdays(google::type::SUNDAY);
  EXPECT_TRUE(Overlap(day, night));  // Monday morning
}

// Against the openings themselves, laid side by side.
TEST(WindowRulesTest, OverlapAgreesWithTheOpenings) {
  const absl::CivilDay first(2026, 11, 2);
  const absl::Time from = absl::FromCivil(first - 2, absl::UTCTimeZone());
  std::mt19937 random(42);
  int overlapping = 0;
  for (int round = 0; round < 2000; ++round) {
    const v1::Window a = RandomWindow(first, random);
    const v1::Window b = RandomWindow(first, random);
    std::set<absl::Time> taken;  // 5-minute marks; all hours of RandomWindow are on them
    const auto each_mark = [&](const v1::Window& window, const auto& visit) {
      // 21 days and a week: patterns of windows without an end have repeated by then.
      for (const Slot& slot : WindowCalendar(window, absl::UTCTimeZone())
                                  .SlotsOverlapping(from, from + absl::Hours(30 * 24))) {
        for (absl::Time t = slot.start; t < slot.end; t += absl::Minutes(5)) visit(t);
      }
    };
    bool expected = false;
    each_mark(a, [&](absl::Time t) { taken.insert(t); });
    each_mark(b, [&](absl::Time t) { expected = expected || taken.contains(t); });
    overlapping += expected;
    ASSERT_EQ(Overlap(a, b), expected) << a.ShortDebugString() << "\n" << b.ShortDebugString();
    ASSERT_EQ(Overlap(b, a), expected);
  }
  EXPECT_GT(overlapping, 200);
  EXPECT_LT(overlapping, 1800);
}

}  // namespace
}  // namespace jinhuan::resource
