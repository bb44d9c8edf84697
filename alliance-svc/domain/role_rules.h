#pragma once

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

using Grants = google::protobuf::RepeatedPtrField<auth::v1::Grant>;

// The system, security or audit administrator (三员).
bool IsAdministrator(auth::v1::Role role);

// Whether `grant` names what its role asks for and nothing else: staff and
// liaisons an alliance and a member in it, street administrators an alliance
// alone, the three administrators neither; other roles are not granted. Fields
// are told as below `grant`; the form of the names is not looked at.
void CheckGrant(const auth::v1::Grant& grant, Violations& violations);

// Whether both tie the same role to the same alliance and member.
bool SameGrant(const auth::v1::Grant& a, const auth::v1::Grant& b);

// Whether someone who holds `held` may get `role` as well: each of the three
// administrators excludes every other role (三员分立; GB/T 22239-2019, 8.1.5).
// FAILED_PRECONDITION / ROLES_EXCLUSIVE, naming `user`, otherwise.
absl::Status CheckExclusive(const Grants& held, auth::v1::Role role, const std::string& user);

// Whether the password of someone who holds `held` may be reset by the system
// administrator: that of a security or audit administrator may not, who would be
// impersonated. FAILED_PRECONDITION / ADMINISTRATOR_PASSWORD, naming `user`, otherwise.
absl::Status CheckResettable(const Grants& held, const std::string& user);

}  // namespace jinhuan::alliance
