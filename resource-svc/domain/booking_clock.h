// What the clock does to bookings. Pure: the worker that records it (BookingKeeper), whoever
// decides over a booking and whoever shows one go by the same functions, so nothing depends on
// how soon it is recorded.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"

namespace jinhuan::resource {

// How long after its end a booking of a car that was not checked out stays open.
inline constexpr absl::Duration kLongestOverstay = absl::Hours(12);

// When the clock moves the booking next; nothing when it is over.
//
// A PENDING and an OFFERED one at its expire_time, a WAITLISTED one at its start: EXPIRED. A
// CONFIRMED one at its check_in_deadline: NO_SHOW, or without one at its end: COMPLETED. A
// CHECKED_IN one at its end: COMPLETED; a car park's is first marked as overstayed, since a car
// that was not checked out is still there, and is COMPLETED kLongestOverstay later.
std::optional<absl::Time> DueTime(const v1::Booking& booking);

// The booking after the next thing that the clock does to it; nothing when that is not due at
// `now`. Times in it are those at which it was due, not `now`.
std::optional<v1::Booking> NextByClock(const v1::Booking& booking, absl::Time now);

// The booking as it is at `now`, whatever has been recorded of it.
v1::Booking AsOf(v1::Booking booking, absl::Time now);

}  // namespace jinhuan::resource
