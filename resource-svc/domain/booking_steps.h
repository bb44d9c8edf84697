// What people do to bookings: each function makes the booking as it is after a step, or says why
// the step can't be taken. Pure; `booking` is as it is at `now` (AsOf).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"

namespace jinhuan::resource {

// How long before its start one may check in.
inline constexpr absl::Duration kCheckInOpens = absl::Minutes(30);
// How long an offer stands, at the longest.
inline constexpr absl::Duration kOfferLife = absl::Minutes(15);

// Gives the booking its places for good: CONFIRMED, or PENDING where the lender of `window` must
// approve, until its time to decide is over or the booking begins.
v1::Booking Promised(v1::Booking booking, const v1::Window& window, absl::Time now);

// A booking that waits in line instead. FAILED_PRECONDITION / TOO_LATE once it has begun.
absl::StatusOr<v1::Booking> Waiting(v1::Booking booking, absl::Time now);

// Until when who waits can be offered a place and accept it: until it begins, or until the cut-off
// where there is one.
absl::Time OfferableUntil(const v1::Booking& booking, const v1::Window& window);

// One that comes up from the line: its places are held until it is accepted, for kOfferLife or
// as long as it is offerable.
v1::Booking Offered(v1::Booking booking, const v1::Window& window, absl::Time now);

// FAILED_PRECONDITION / STATE_WRONG unless it is OFFERED.
absl::StatusOr<v1::Booking> Accepted(const v1::Booking& booking, const v1::Window& window,
                                     absl::Time now);

// FAILED_PRECONDITION / STATE_WRONG unless it is PENDING.
absl::StatusOr<v1::Booking> Approved(const v1::Booking& booking);
absl::StatusOr<v1::Booking> Rejected(const v1::Booking& booking, const std::string& reason,
                                     absl::Time now);

// INVALID_ARGUMENT / FIELD_REQUIRED, PLATE_INVALID; FAILED_PRECONDITION / PLATE_FIXED once it has
// begun or where there is no plate, STATE_WRONG when it is over.
absl::StatusOr<v1::Booking> Replated(const v1::Booking& booking, const std::string& plate,
                                     absl::Time now);

// FAILED_PRECONDITION / CHECK_IN_TOO_EARLY, STATE_WRONG unless it is CONFIRMED.
absl::StatusOr<v1::Booking> CheckedIn(const v1::Booking& booking, absl::Time now);

// FAILED_PRECONDITION / STATE_WRONG unless it is CHECKED_IN. The slots that begin at `now` or
// later are no longer needed.
absl::StatusOr<v1::Booking> CheckedOut(const v1::Booking& booking, absl::Time now);

}  // namespace jinhuan::resource
