#include "alliance-svc/domain/holiday_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {
namespace {

constexpr int kMaxYears = 20;
constexpr int kMaxHolidays = 1000;
constexpr int kMaxWorkedDays = 500;

void CheckYears(const v1::HolidayTable& table, Violations& violations) {
  const auto& years = table.years();
  violations.Check(
      "charter.holidays.years",
      years.size() <= kMaxYears &&
          std::all_of(years.begin(), years.end(),
                      [](int year) { return year >= kFirstYear && year <= kLastYear; }) &&
          std::adjacent_find(years.begin(), years.end(), std::greater_equal<>()) == years.end(),
      fmt::format("at most {} years from {} to {}, ascending", kMaxYears, kFirstYear, kLastYear),
      fmt::format("至多 {} 个 {} 至 {} 之间的年份，从小到大", kMaxYears, kFirstYear, kLastYear));
}

// A day of one of the table's years that `seen` has not.
std::optional<absl::CivilDay> CheckDay(const std::string& field, const google::type::Date& date,
                                       const v1::HolidayTable& table,
                                       std::set<absl::CivilDay>& seen, Violations& violations) {
  const auto day = ToCivilDay(date);
  const bool known = day.has_value() && std::find(table.years().begin(), table.years().end(),
                                                  day->year()) != table.years().end();
  if (!violations.Check(field, known, "a date in one of the table's years", "表中年份内的日期")) {
    return std::nullopt;
  }
  violations.Check(field, seen.insert(*day).second, "there once only", "只出现一次");
  return day;
}

}  // namespace

void CheckHolidays(const v1::HolidayTable& table, Violations& violations) {
  CheckYears(table, violations);
  violations.Check("charter.holidays.holidays", table.holidays_size() <= kMaxHolidays,
                   fmt::format("at most {} days", kMaxHolidays),
                   fmt::format("至多 {} 天", kMaxHolidays));
  violations.Check(
      "charter.holidays.worked_weekend_days", table.worked_weekend_days_size() <= kMaxWorkedDays,
      fmt::format("at most {} days", kMaxWorkedDays), fmt::format("至多 {} 天", kMaxWorkedDays));
  std::set<absl::CivilDay> seen;
  for (int i = 0; i < table.holidays_size() && i < kMaxHolidays; ++i) {
    const std::string at = fmt::format("charter.holidays.holidays[{}]", i);
    CheckDay(at + ".date", table.holidays(i).date(), table, seen, violations);
    CheckLine(at + ".display_name", table.holidays(i).display_name(), 1, 20, violations);
  }
  // In the same set: a day is not both off and worked.
  for (int i = 0; i < table.worked_weekend_days_size() && i < kMaxWorkedDays; ++i) {
    const std::string at = fmt::format("charter.holidays.worked_weekend_days[{}]", i);
    const auto day = CheckDay(at, table.worked_weekend_days(i), table, seen, violations);
    if (!day.has_value()) continue;
    violations.Check(at, absl::GetWeekday(*day) >= absl::Weekday::saturday, "a Saturday or Sunday",
                     "周六或周日");
  }
}

}  // namespace jinhuan::alliance
