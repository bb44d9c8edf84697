#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "jinhuan/alliance/v1/auth_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// What a password of this installation must be. Immutable, so thread-safe.
class PasswordPolicy {
 public:
  // `mlps` (GB/T 22239-2019, 8.1.4.1): 10 characters, three classes, changed every
  // 90 days, none of the last five. `asvs` (OWASP ASVS 4.0, 2.1): 12 characters and
  // no common password. Nothing for another name.
  static std::optional<PasswordPolicy> Named(std::string_view profile);

  // Adds what `password` breaks at `field`: FIELD_REQUIRED when it is empty, else
  // PASSWORD_WEAK with the rule. `login` is whose it is to be. The password itself
  // is never part of an error.
  void Check(std::string_view field, std::string_view password, std::string_view login,
             Violations& violations) const;

  // After how long a password must be changed; infinite: never.
  absl::Duration max_age() const;

  // How many passwords, with the one in force, must not be used again.
  int history() const { return described_.history(); }

  // As clients are told.
  const v1::PasswordPolicy& ToProto() const { return described_; }

 private:
  explicit PasswordPolicy(v1::PasswordPolicy described) : described_(std::move(described)) {}

  v1::PasswordPolicy described_;
};

}  // namespace jinhuan::alliance
