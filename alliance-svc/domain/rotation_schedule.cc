#include "alliance-svc/domain/rotation_schedule.h"

#include <fmt/format.h>

namespace jinhuan::alliance::chair {

absl::CivilDay EndDay(absl::CivilDay first_day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(first_day) + months;
  return absl::CivilDay(month.year(), month.month(), first_day.day());
}

absl::Time Midnight(absl::CivilDay day, absl::TimeZone zone) { return absl::FromCivil(day, zone); }

absl::CivilDay DayOf(absl::Time time, absl::TimeZone zone) { return absl::ToCivilDay(time, zone); }

std::string DayId(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

std::optional<absl::CivilDay> ParseDayId(std::string_view id) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(std::string(id), &day) || DayId(day) != id) return std::nullopt;
  return day;
}

std::string TermName(std::string_view alliance, absl::CivilDay first_day) {
  return fmt::format("{}/chairTerms/{}", alliance, DayId(first_day));
}

absl::CivilDay FirstDayOf(std::string_view term_name) {
  return ParseDayId(term_name.substr(term_name.rfind('/') + 1)).value_or(absl::CivilDay());
}

int64_t DayNumber(absl::CivilDay day) { return day - absl::CivilDay(1970, 1, 1); }

absl::CivilDay DayOfNumber(int64_t number) { return absl::CivilDay(1970, 1, 1) + number; }

absl::TimeZone ZoneOf(const std::string& name) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(name, &zone) ? zone : absl::FixedTimeZone(8 * 3600);
}

}  // namespace jinhuan::alliance::chair
