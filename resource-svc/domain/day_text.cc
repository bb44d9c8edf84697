#include "resource-svc/domain/day_text.h"

#include <fmt/format.h>

#include "absl/strings/numbers.h"

namespace jinhuan::resource {

std::string DayText(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

std::optional<absl::CivilDay> DayOfText(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    return absl::SimpleAtoi(std::string(text.substr(from, count)), &value) ? value : -1;
  };
  google::type::Date date;
  date.set_year(number(0, 4));
  date.set_month(number(5, 2));
  date.set_day(number(8, 2));
  if (!IsDay(date)) return std::nullopt;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (DayText(day) != text) return std::nullopt;
  return day;
}

google::type::Date ToDate(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

bool IsDay(const google::type::Date& date) {
  if (date.year() < 2000 || date.year() > 9998) return false;
  const absl::CivilDay day(date.year(), date.month(), date.day());  // 30 February is in March
  return day.month() == date.month() && day.day() == date.day();
}

}  // namespace jinhuan::resource
