#pragma once

#include <string>

#include "absl/status/status.h"
#include "alliance-svc/storage/stores.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Whether a grant that counts in this call has the role.
bool Holds(const api::Call& call, auth::v1::Role role);

// For a method that is for a person's own account, and anyone's for the system
// administrator: OK when the caller may name `user`; else NOT_FOUND /
// RESOURCE_NOT_FOUND, as if there were no such account.
absl::Status RequireOwnAccount(const api::Call& call, const std::string& user);

// For what outlasts the caller's session, first in its transaction: OK while the session is
// good and nobody but its person should know the password. UNAUTHENTICATED /
// SIGN_IN_REQUIRED; FAILED_PRECONDITION / PASSWORD_CHANGE_REQUIRED.
absl::Status RequireOwnPassword(db::Connection& connection, const Stores& stores,
                                const api::Call& call);

// Ends what is `user` without a password: the sign-on link and the calendar link. Part of
// another change, which stands in the journal.
absl::Status EndLinks(db::Connection& connection, const Stores& stores, const std::string& user);

}  // namespace jinhuan::alliance
