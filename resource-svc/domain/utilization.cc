#include "resource-svc/domain/utilization.h"

#include <algorithm>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {

bool IsUse(v1::Booking::State state) {
  return state == v1::Booking::STATE_CONFIRMED || state == v1::Booking::STATE_CHECKED_IN ||
         state == v1::Booking::STATE_COMPLETED;
}

void Utilization::AddSlot(const std::string& facility, absl::TimeZone zone, const Slot& slot,
                          int capacity, int used) {
  Sum& whole = facilities_[facility];
  absl::Time from = slot.start;
  while (from < slot.end) {
    const absl::TimeZone::CivilInfo at = zone.At(from);
    // To the next full hour on the wall, or to the end. Where the clocks change, by an
    // hour at a time, minutes and seconds go on as they were.
    const absl::Duration past =
        absl::Minutes(at.cs.minute()) + absl::Seconds(at.cs.second()) + at.subsecond;
    const absl::Time to = std::min(slot.end, from + absl::Hours(1) - past);
    const int64_t minutes = absl::ToInt64Minutes(to - from);
    for (Sum* sum : {&whole, &hours_.at(static_cast<size_t>(at.cs.hour()))}) {
      sum->offered += minutes * capacity;
      sum->used += minutes * used;
    }
    from = to;
  }
}

void Utilization::AddBooking(const v1::Booking& booking) {
  const absl::Duration length =
      api::FromProto(booking.end_time()) - api::FromProto(booking.start_time());
  v1::UnitUse& unit = units_[booking.member()];
  unit.set_member(booking.member());
  unit.set_used_minutes(unit.used_minutes() + absl::ToInt64Minutes(length) * booking.quantity());
  unit.set_booking_count(unit.booking_count() + 1);
}

v1::Use Utilization::ToUse(const Sum& sum) {
  v1::Use use;
  use.set_offered_minutes(sum.offered);
  use.set_used_minutes(sum.used);
  return use;
}

v1::Use Utilization::Of(const std::string& facility) const {
  const auto found = facilities_.find(facility);
  return found == facilities_.end() ? v1::Use() : ToUse(found->second);
}

std::vector<v1::HourUse> Utilization::Hours() const {
  std::vector<v1::HourUse> hours(hours_.size());
  for (size_t hour = 0; hour < hours.size(); ++hour) {
    hours[hour].set_hour(static_cast<int32_t>(hour));
    *hours[hour].mutable_use() = ToUse(hours_.at(hour));
  }
  return hours;
}

std::vector<v1::UnitUse> Utilization::Units() const {
  std::vector<v1::UnitUse> units;
  units.reserve(units_.size());
  for (const auto& [member, use] : units_) units.push_back(use);
  std::sort(units.begin(), units.end(), [](const v1::UnitUse& a, const v1::UnitUse& b) {
    return std::make_tuple(-a.used_minutes(), std::string_view(a.member())) <
           std::make_tuple(-b.used_minutes(), std::string_view(b.member()));
  });
  return units;
}

}  // namespace jinhuan::resource
