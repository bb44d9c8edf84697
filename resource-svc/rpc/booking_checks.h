#pragma once

#include "absl/status/status.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"

namespace jinhuan::resource {

// What is wrong with a request to book, as far as it shows without the window.
absl::Status CheckRequest(const api::Call& call, const v1::CreateBookingRequest& request);

// Whether it was refused for want of room (SLOT_FULL).
bool IsFull(const absl::Status& status);

}  // namespace jinhuan::resource
