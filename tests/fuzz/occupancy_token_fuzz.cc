// Where a client of BookingService.WatchOccupancy goes on.
#include "resource-svc/domain/occupancy_point.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const auto point = resource::PointOf(input);
  if (!point.has_value()) return;
  Require(point->number >= 0);
  Require(point->time >= absl::UnixEpoch());
  Require(absl::ToCivilYear(point->time, absl::UTCTimeZone()) <= absl::CivilYear(9999));
  Require(resource::PointOf(resource::TokenOf(*point)) == point);
}

}  // namespace jinhuan::fuzz
