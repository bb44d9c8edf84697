#pragma once

#include "absl/time/time.h"
#include "alliance-svc/domain/password_policy.h"

namespace jinhuan::alliance {

// How this installation keeps accounts.
struct AccountOptions {
  PasswordPolicy passwords = *PasswordPolicy::Named("mlps");
  // Whether a password that someone else chose must be changed at the first sign-in.
  bool change_first_password = true;
  // From sign-in to the end, whatever happens in between.
  absl::Duration session_life = absl::Hours(12);
};

}  // namespace jinhuan::alliance
