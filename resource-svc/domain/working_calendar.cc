#include "resource-svc/domain/working_calendar.h"

#include <algorithm>

namespace jinhuan::resource {
namespace {

absl::CivilDay DayOf(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

}  // namespace

WorkingCalendar::WorkingCalendar(const std::vector<alliance::v1::Charter>& charters) {
  for (const alliance::v1::Charter& charter : charters) {
    Version& version = versions_.emplace_back();
    // The first version is in force from the beginning.
    version.from = versions_.size() == 1 ? absl::CivilDay::min() : DayOf(charter.effective_date());
    for (const auto& holiday : charter.holidays().holidays()) {
      version.holidays.insert(DayOf(holiday.date()));
    }
    for (const auto& date : charter.holidays().worked_weekend_days()) {
      version.worked.insert(DayOf(date));
    }
  }
}

bool WorkingCalendar::IsWorkingDay(absl::CivilDay day) const {
  const absl::Weekday weekday = absl::GetWeekday(day);
  const bool weekend = weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
  const auto version = std::find_if(versions_.rbegin(), versions_.rend(),
                                    [&](const Version& one) { return one.from <= day; });
  if (version == versions_.rend()) return !weekend;
  if (version->worked.contains(day)) return true;
  return !weekend && !version->holidays.contains(day);
}

bool WorkingCalendar::Is(v1::DayKind kind, absl::CivilDay day) const {
  if (kind == v1::DAY_KIND_WORKING) return IsWorkingDay(day);
  if (kind == v1::DAY_KIND_REST) return !IsWorkingDay(day);
  return true;
}

}  // namespace jinhuan::resource
