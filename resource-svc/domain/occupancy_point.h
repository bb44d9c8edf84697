#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace jinhuan::resource {

// Where a watch of the occupancy was: all entries of the journal up to `number` were taken into
// account, and the clock until `time`.
struct OccupancyPoint {
  int64_t number = 0;
  absl::Time time;
  bool operator==(const OccupancyPoint&) const = default;
};

// The point as clients keep it, and back; nothing for what no watch gave: a number or a time that
// can't be.
std::string TokenOf(const OccupancyPoint& point);
std::optional<OccupancyPoint> PointOf(std::string_view token);

}  // namespace jinhuan::resource
