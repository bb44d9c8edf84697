#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::resource {

// Reads many bookings for a report. Thread-safe. Each state is one range of an index, and
// no more rows are read than are asked for.
class ReportStore {
 public:
  struct Range {
    std::string alliance;
    absl::Time start;  // of bookings that begin in [start, end)
    absl::Time end;
    std::string member = {};  // a unit's name; empty: every unit
  };

  // Calls `each` for up to `limit` bookings of a state, the earliest start first; returns
  // how many there were.
  absl::StatusOr<int64_t> EachBooking(db::Connection& connection, const Range& range,
                                      v1::Booking::State state, int limit,
                                      absl::FunctionRef<void(v1::Booking)> each);
};

}  // namespace jinhuan::resource
