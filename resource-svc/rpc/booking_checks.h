#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"

namespace jinhuan::resource {

// What is wrong with a booking that is asked for, as far as it shows without the window.
absl::Status CheckRequest(const api::Call& call, const std::string& parent,
                          const v1::Booking& booking);

// The unit that the booking is for: one of the caller's own, or any for the street.
// PERMISSION_DENIED / ROLE_REQUIRED for another one, INVALID_ARGUMENT / FIELD_REQUIRED where it
// must be said.
absl::StatusOr<std::string> UnitOf(const api::Call& call, const v1::Booking& booking);

// PERMISSION_DENIED / NOT_IN_AUDIENCE unless the window is open to the unit. The street books
// for whom it sees fit; others where their unit is let in.
absl::Status CheckAudience(const api::Call& call, const v1::Window& window,
                           const std::string& unit);

// INVALID_ARGUMENT / FIELD_REQUIRED where staff bring guests to a meal without naming them; a
// liaison or the street may bring some by number alone.
absl::Status CheckGuests(const api::Call& call, const v1::Booking& booking);

// Whether the caller reaches the whole alliance.
bool IsStreet(const api::Call& call);

// PERMISSION_DENIED / NOT_IN_AUDIENCE unless the caller may book the window for `unit`: the street
// for whom it sees fit, others where their unit is let in.
absl::Status CheckAudience(const api::Call& call, const v1::Window& window,
                           const std::string& unit);

// Whether it was refused for want of room (SLOT_FULL).
bool IsFull(const absl::Status& status);

}  // namespace jinhuan::resource
