#pragma once

#include <optional>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/occupancy.pb.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/reshape.h"

namespace jinhuan::resource {

// What the clock makes of a window at a moment.
struct Moment {
  std::optional<Slot> slot;  // the one under way, if the window is open
  absl::Time until;          // when that may be otherwise
};

// The moment of a window at `now`. It lasts until the slot ends or the window opens next, and an
// hour at most: working days may be told anew.
Moment MomentOf(const Supply& supply, absl::Time now);

// How full the window is, given the row of the slot under way, if there is one, and whether a
// closure withdraws it. What comes free is not free while someone waits for it.
v1::Occupancy OccupancyOf(const Supply& supply, const Moment& moment,
                          const std::optional<SlotCount>& count, bool withdrawn, absl::Time now);

// Whether two say the same, but for when it was found out.
bool SaysTheSame(v1::Occupancy a, v1::Occupancy b);

}  // namespace jinhuan::resource
