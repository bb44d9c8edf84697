#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/api/call.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// PERMISSION_DENIED / ROLE_REQUIRED unless the caller may change what `facility` is: a
// liaison what belongs to its own unit, the street everything.
absl::Status CheckOwner(const api::Call& call, const v1::Facility& facility);

// FAILED_PRECONDITION / STATE_WRONG when the facility was retired.
absl::Status CheckLent(const v1::Facility& facility);

// Adds what is wrong with the name of a member unit of `alliance` at `field`.
void CheckMember(std::string_view field, const std::string& member, const std::string& alliance,
                 Violations& violations);

// Adds what is wrong with the names of a window's audience, at "window.audience_members".
void CheckAudience(const v1::Window& window, const std::string& alliance, Violations& violations);

// Adds what is wrong with a request that may take bookings back: why, it must say.
template <class Request>
void CheckRecall(const Request& request, Violations& violations) {
  violations.CheckText("reason", request.reason(), request.recall() ? 1 : 0, 200);
}

}  // namespace jinhuan::resource
