#include "alliance-svc/facts/working_calendar.h"

#include <algorithm>

namespace jinhuan::alliance {

WorkingCalendar::WorkingCalendar(const std::vector<v1::Charter>& charters) {
  for (const v1::Charter& charter : charters) {
    const google::type::Date& date = charter.effective_date();
    // The first version is in force from the beginning.
    const absl::CivilDay from = versions_.empty()
                                    ? absl::CivilDay::min()
                                    : absl::CivilDay(date.year(), date.month(), date.day());
    versions_.push_back({from, WorkingDays(charter.holidays())});
  }
}

bool WorkingCalendar::IsWorkingDay(absl::CivilDay day) const {
  static const WorkingDays kWeekendsAlone{v1::HolidayTable()};
  const auto version = std::find_if(versions_.rbegin(), versions_.rend(),
                                    [&](const Version& one) { return one.from <= day; });
  return (version == versions_.rend() ? kWeekendsAlone : version->days).IsWorkingDay(day);
}

absl::CivilDay WorkingCalendar::Add(absl::CivilDay day, int count) const {
  while (count > 0) {
    if (IsWorkingDay(++day)) --count;
  }
  return day;
}

int WorkingCalendar::Between(absl::CivilDay from, absl::CivilDay to) const {
  int count = 0;
  while (from < to) {
    if (IsWorkingDay(++from)) ++count;
  }
  return count;
}

}  // namespace jinhuan::alliance
