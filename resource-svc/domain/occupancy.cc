#include "resource-svc/domain/occupancy.h"

#include <algorithm>

#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kLongestMoment = absl::Hours(1);

}  // namespace

Moment MomentOf(const Supply& supply, absl::Time now) {
  const absl::Time latest = now + kLongestMoment;
  for (const Slot& slot : CalendarOf(supply).SlotsOverlapping(now, latest)) {
    if (slot.start > now) return {std::nullopt, slot.start};
    return {slot, std::min(slot.end, latest)};
  }
  return {std::nullopt, latest};
}

v1::Occupancy OccupancyOf(const Supply& supply, const Moment& moment,
                          const std::optional<SlotCount>& count, bool withdrawn, absl::Time now) {
  const v1::Window& window = supply.window;
  v1::Occupancy occupancy;
  occupancy.set_uid(window.name());
  occupancy.set_name(supply.facility.display_name());
  occupancy.set_window_display_name(window.display_name());
  occupancy.set_kind(supply.facility.kind());
  occupancy.set_capacity(window.capacity());
  *occupancy.mutable_realtime_data_updated_at() = api::ToProto(now);
  if (!moment.slot.has_value()) {
    occupancy.set_realtime_opening_status(v1::OPENING_STATUS_CLOSED);
    return occupancy;
  }
  if (withdrawn) {
    occupancy.set_realtime_opening_status(v1::OPENING_STATUS_WITHDRAWN);
    return occupancy;
  }
  const SlotCount here = count.value_or(SlotCount{0, window.capacity(), 0});
  occupancy.set_realtime_opening_status(v1::OPENING_STATUS_OPEN);
  occupancy.set_realtime_capacity(here.capacity);
  occupancy.set_realtime_free_capacity(here.waiting > 0 ? 0 : here.capacity - here.used);
  return occupancy;
}

bool SaysTheSame(v1::Occupancy a, v1::Occupancy b) {
  a.clear_realtime_data_updated_at();
  b.clear_realtime_data_updated_at();
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace jinhuan::resource
