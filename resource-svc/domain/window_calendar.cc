#include "resource-svc/domain/window_calendar.h"

#include <algorithm>

namespace jinhuan::resource {

bool OverlapsOneOf(const Slot& slot, const std::vector<Slot>& closed) {
  return std::any_of(closed.begin(), closed.end(), [&](const Slot& closure) {
    return closure.start < slot.end && slot.start < closure.end;
  });
}

absl::CivilDay ToCivilDay(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

bool IsDay(const google::type::Date& date) {
  if (date.year() < 2000 || date.year() > 9998) return false;
  const absl::CivilDay day = ToCivilDay(date);  // which puts 30 February into March
  return day.month() == date.month() && day.day() == date.day();
}

bool InSeason(const v1::Season& season, absl::CivilDay day) {
  // Of a date without a year, as a number that grows through the year.
  const auto place = [](int month, int of_month) { return month * 100 + of_month; };
  const int first = place(season.first().month(), season.first().day());
  const int last = place(season.last().month(), season.last().day());
  const int here = place(day.month(), day.day());
  // 29 February as the last day is past 28 February in every year, and as the first one
  // before 1 March.
  return first <= last ? first <= here && here <= last : here >= first || here <= last;
}

bool MayOpenOn(const v1::Window& window, absl::CivilDay day) {
  if (day < ToCivilDay(window.start_date())) return false;
  if (window.has_end_date() && day > ToCivilDay(window.end_date())) return false;
  if (window.has_season() && !InSeason(window.season(), day)) return false;
  const int weekday = 1 + static_cast<int>(absl::GetWeekday(day));  // Monday is 1 in both
  const auto& weekdays = window.weekdays();
  return weekdays.empty() || std::find(weekdays.begin(), weekdays.end(), weekday) != weekdays.end();
}

namespace {

bool IsOfKind(const WorkingCalendar& days, v1::DayKind kind, absl::CivilDay day) {
  if (kind == v1::DAY_KIND_WORKING) return days.IsWorkingDay(day);
  if (kind == v1::DAY_KIND_REST) return !days.IsWorkingDay(day);
  return true;
}

}  // namespace

bool OpensOn(const v1::Window& window, absl::CivilDay day, const WorkingCalendar* days) {
  static const WorkingCalendar kWeekendsAlone;
  return MayOpenOn(window, day) &&
         IsOfKind(days == nullptr ? kWeekendsAlone : *days, window.day_kind(), day);
}

std::vector<Slot> WindowCalendar::OpeningOf(absl::CivilDay day) const {
  std::vector<Slot> slots;
  if (!OpensOn(window_, day, days_)) return slots;
  // FromCivil keeps the order of civil times, so consecutive slots touch and
  // what lies in a gap comes out empty.
  const absl::CivilMinute midnight(day);
  absl::Time start = absl::FromCivil(midnight + window_.open_minute(), zone_);
  for (int minute = window_.open_minute(); minute < window_.close_minute();) {
    minute += window_.slot_minutes();
    const absl::Time end = absl::FromCivil(midnight + minute, zone_);
    if (start < end) slots.push_back({start, end});
    start = end;
  }
  return slots;
}

std::vector<Slot> WindowCalendar::OpeningAt(absl::Time time) const {
  const absl::CivilDay today(absl::ToCivilDay(time, zone_));
  // An opening may cross midnight, never a second one.
  for (const absl::CivilDay day : {today, today - 1}) {
    std::vector<Slot> slots = OpeningOf(day);
    if (!slots.empty() && slots.front().start <= time && time < slots.back().end) return slots;
  }
  return {};
}

std::vector<Slot> WindowCalendar::SlotsOverlapping(absl::Time from, absl::Time to) const {
  std::vector<Slot> slots;
  if (from >= to) return slots;
  absl::CivilDay day =
      std::max(absl::ToCivilDay(from, zone_) - 1, ToCivilDay(window_.start_date()));
  for (const absl::CivilDay last = absl::ToCivilDay(to, zone_); day <= last; ++day) {
    for (const Slot& slot : OpeningOf(day)) {
      if (slot.end > from && slot.start < to) slots.push_back(slot);
    }
  }
  return slots;
}

}  // namespace jinhuan::resource
