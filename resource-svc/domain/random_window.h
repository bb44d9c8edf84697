// Windows for property tests.
#pragma once

#include <random>

#include "absl/time/civil_time.h"
#include "jinhuan/resource/v1/facility.pb.h"

namespace jinhuan::resource {

inline google::type::Date ToDate(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

// A valid window whose days lie in the 21 days from `first` on. Now and then it
// has no end, every weekday, or hours across midnight.
inline v1::Window RandomWindow(absl::CivilDay first, std::mt19937& random) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  v1::Window window;
  const absl::CivilDay start = first + pick(14);
  *window.mutable_start_date() = ToDate(start);
  if (pick(4) != 0) *window.mutable_end_date() = ToDate(start + pick(7));
  for (int weekday = 1; weekday <= 7; ++weekday) {
    if (pick(3) == 0) window.add_weekdays(static_cast<google::type::DayOfWeek>(weekday));
  }
  const int slots[] = {5, 15, 20, 30, 60, 90, 120, 240, 480, 720};
  window.set_slot_minutes(slots[pick(10)]);
  window.set_open_minute(pick(96) * 15);
  window.set_close_minute(window.open_minute() +
                          window.slot_minutes() * (1 + pick(1440 / window.slot_minutes())));
  window.set_capacity(1 + pick(50));
  return window;
}

}  // namespace jinhuan::resource
