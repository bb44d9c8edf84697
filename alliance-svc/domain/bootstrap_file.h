#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/password_policy.h"
#include "jinhuan/auth/v1/access.pb.h"

namespace jinhuan::alliance {

// A first account of an installation.
struct BootstrapAccount {
  std::string login;
  std::string password;
  auth::v1::Role role = auth::v1::ROLE_UNSPECIFIED;
  std::string display_name;
};

// Reads a bootstrap file: one account a line, `login password ROLE_NAME display
// name`, separated by blanks; the display name is the rest of the line. Empty
// lines and lines that begin with '#' say nothing. Only the three administrators
// can be given, each once. Passwords must be as `policy` wants them.
//
// INVALID_ARGUMENT, naming the line and what is wrong but never the password,
// when a line is not such an account.
absl::StatusOr<std::vector<BootstrapAccount>> ParseBootstrapFile(std::string_view text,
                                                                 const PasswordPolicy& policy);

}  // namespace jinhuan::alliance
