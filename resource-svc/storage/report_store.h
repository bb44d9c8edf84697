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
    std::string member = {};  // of this unit; empty: of every unit
    std::string lender = {};  // of what this unit lends; empty: of everything. One of both at most
  };

  // Calls `each` for up to `limit` bookings of a state, the earliest start first; returns
  // how many there were.
  absl::StatusOr<int64_t> EachBooking(db::Connection& connection, const Range& range,
                                      v1::Booking::State state, int limit,
                                      absl::FunctionRef<void(v1::Booking)> each) const;

  // Up to `limit` bookings of several ranges and states, the earliest start first. Of each range
  // and state no more than kPiece rows are read that are not given.
  static constexpr int kPiece = 500;
  absl::StatusOr<std::vector<v1::Booking>> Earliest(db::Connection& connection,
                                                    const std::vector<Range>& ranges,
                                                    const std::vector<v1::Booking::State>& states,
                                                    int limit) const;
};

}  // namespace jinhuan::resource
