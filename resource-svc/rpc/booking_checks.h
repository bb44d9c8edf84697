#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"

namespace jinhuan::resource {

// What is wrong with a booking that is asked for, as far as it shows without the window.
absl::Status CheckRequest(const api::Call& call, const std::string& parent,
                          const v1::Booking& booking);

// PERMISSION_DENIED / NOT_IN_AUDIENCE unless the window is open to the unit. The street books
// for whom it sees fit; others where their unit is let in.
absl::Status CheckAudience(const api::Call& call, const v1::Window& window,
                           const std::string& unit);

// INVALID_ARGUMENT / FIELD_REQUIRED where staff bring guests to a meal without naming them; a
// liaison or the street may bring some by number alone.
absl::Status CheckGuests(const api::Call& call, const v1::Booking& booking);

// What is wrong with the reason of a step that needs `least` characters of one.
absl::Status CheckReason(const std::string& reason, int least);

// Whether it was refused for want of room (SLOT_FULL).
bool IsFull(const absl::Status& status);

// How often what books is tried while it is refused for want of room and some is found to be
// there: once for rows that were missing, the rest for places that come and go.
inline constexpr int kBookingAttempts = 4;

}  // namespace jinhuan::resource
