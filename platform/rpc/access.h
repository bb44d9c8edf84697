#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/auth/v1/access.pb.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/api/call.h"

namespace jinhuan::rpc {

// The call that an access decision is about.
struct AccessRequest {
  std::string_view method;    // jinhuan.meeting.v1.MeetingService/GetMeeting
  std::string_view alliance;  // "" when the method belongs to none, or the name can't be read
  std::string_view resource;  // the name as the client sent it
  absl::Time now;
};

// What the caller may do by `access`; the one authorisation check of the suite.
// Grants count that are in force and whose scopes cover the method; an account
// with scopes that don't is refused by every method that is not public.
// UNAUTHENTICATED / SIGN_IN_REQUIRED without a caller; NOT_FOUND /
// RESOURCE_NOT_FOUND for an alliance in which the caller is nobody;
// PERMISSION_DENIED / ROLE_REQUIRED otherwise.
absl::StatusOr<api::Scope> CheckAccess(const auth::v1::Access& access,
                                       const auth::v1::Caller& caller,
                                       const AccessRequest& request);

// Takes the grants that do not count in a call of `method` at `now` from
// `caller`, so that no handler looks at one by mistake.
void DropIdleGrants(auth::v1::Caller& caller, std::string_view method, absl::Time now);

// Whether `access` names the role.
bool Allows(const auth::v1::Access& access, auth::v1::Role role);

}  // namespace jinhuan::rpc
