#include "alliance-svc/facts/working_days.h"

#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {

WorkingDays::WorkingDays(const v1::HolidayTable& table)
    : years_(table.years().begin(), table.years().end()) {
  for (const v1::Holiday& holiday : table.holidays()) {
    if (const auto day = ToCivilDay(holiday.date())) holidays_.insert(*day);
  }
  for (const google::type::Date& date : table.worked_weekend_days()) {
    if (const auto day = ToCivilDay(date)) worked_.insert(*day);
  }
}

bool WorkingDays::IsWorkingDay(absl::CivilDay day) const {
  if (worked_.contains(day)) return true;
  return absl::GetWeekday(day) < absl::Weekday::saturday && !holidays_.contains(day);
}

WorkingDays::Sum WorkingDays::Add(absl::CivilDay from, int days) const {
  Sum sum{.day = from};
  while (days > 0) {
    ++sum.day;
    sum.beyond_table = sum.beyond_table || !Knows(sum.day);
    if (IsWorkingDay(sum.day)) --days;
  }
  return sum;
}

}  // namespace jinhuan::alliance
