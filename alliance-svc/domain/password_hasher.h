#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace jinhuan::alliance {

// Hashes passwords with argon2id (libsodium; 19 MiB and two passes, the OWASP
// minimum: some 30 to 60 ms of one core). Only so many hashes run at once, and
// only so many callers wait for their turn, so that a flood of sign-ins costs
// neither the memory nor the cores of everything else. Thread-safe.
//
// Errors of every method: RESOURCE_EXHAUSTED / OVERLOADED when too many wait or
// the turn does not come before `deadline`.
class PasswordHasher {
 public:
  static constexpr int kMaxWaiting = 16;

  // `at_once`: 1 or more. Hashes once, so it takes a moment.
  explicit PasswordHasher(int at_once);

  // A salted hash of `password` to store, at most 127 ASCII characters.
  absl::StatusOr<std::string> Hash(std::string_view password, absl::Time deadline);

  // Whether `password` is the one that `hash` was made of. An empty `hash` is
  // never matched and costs as much as any other, so that an answer's time does
  // not tell which accounts exist.
  absl::StatusOr<bool> Verify(const std::string& hash, std::string_view password,
                              absl::Time deadline);

  // 64 hex digits that depend on `password` and `context` alone and are as hard to
  // guess from as a stored hash: for telling whether two requests carried the
  // same password.
  absl::StatusOr<std::string> Digest(std::string_view password, std::string_view context,
                                     absl::Time deadline);

 private:
  class Turn;
  absl::Status AwaitTurn(absl::Time deadline);

  absl::Mutex mutex_;
  int free_ ABSL_GUARDED_BY(mutex_);
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string nobodys_;  // the hash of a password that nobody has
};

}  // namespace jinhuan::alliance
