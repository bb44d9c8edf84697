#pragma once

#include <string>

#include "absl/status/status.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"

namespace jinhuan::resource {

// What is wrong with a request to book, as far as it shows without the window.
absl::Status CheckRequest(const api::Call& call, const v1::CreateBookingRequest& request);

// PERMISSION_DENIED / NOT_IN_AUDIENCE unless the caller may book the window for `unit`: the street
// for whom it sees fit, others where their unit is let in.
absl::Status CheckAudience(const api::Call& call, const v1::Window& window,
                           const std::string& unit);

// Whether it was refused for want of room (SLOT_FULL).
bool IsFull(const absl::Status& status);

}  // namespace jinhuan::resource
