#pragma once

#include <string>

#include "absl/status/status.h"
#include "platform/api/call.h"

namespace jinhuan::alliance {

// Whether a grant that counts in this call has the role.
bool Holds(const api::Call& call, auth::v1::Role role);

// For a method that is for a person's own account, and anyone's for the system
// administrator: OK when the caller may name `user`; else NOT_FOUND /
// RESOURCE_NOT_FOUND, as if there were no such account.
absl::Status RequireOwnAccount(const api::Call& call, const std::string& user);

}  // namespace jinhuan::alliance
