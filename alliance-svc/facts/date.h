#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"

namespace jinhuan::alliance {

// Dates that requests may name.
inline constexpr int kFirstYear = 2000;
inline constexpr int kLastYear = 2200;

// The day that `date` names; nothing when the calendar has no such day, or it is
// outside kFirstYear to kLastYear.
inline std::optional<absl::CivilDay> ToCivilDay(const google::type::Date& date) {
  if (date.year() < kFirstYear || date.year() > kLastYear) return std::nullopt;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  const bool exists =
      day.year() == date.year() && day.month() == date.month() && day.day() == date.day();
  return exists ? std::optional(day) : std::nullopt;
}

inline google::type::Date ToDate(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

}  // namespace jinhuan::alliance
