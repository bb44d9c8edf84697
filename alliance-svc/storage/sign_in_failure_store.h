#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Every statement on the table `sign_in_failure`: after kMaxWrong wrong
// passwords in a row a login is refused for kRefusal, the right password too.
// Logins that nobody has are treated alike, so that a refusal tells nothing.
// Thread-safe.
class SignInFailureStore {
 public:
  static constexpr int kMaxWrong = 5;
  static constexpr absl::Duration kRefusal = absl::Minutes(15);

  explicit SignInFailureStore(journal::Journal& journal) : journal_(journal) {}

  // RESOURCE_EXHAUSTED / RATE_LIMITED while `login` is refused. Decides nothing:
  // it spares the hashing.
  absl::Status CheckAllowed(db::Connection& connection, const std::string& login,
                            absl::Time now) const;

  // Counts a wrong password; the one that begins a refusal is journalled on
  // `account`, the account that has the login, "" for none. RESOURCE_EXHAUSTED /
  // RATE_LIMITED when the login is refused already: of guesses that came at
  // once, no more than kMaxWrong learn anything.
  absl::Status CountWrong(db::Connection& connection, const api::Call& call,
                          const std::string& login, const std::string& account) const;

  // Forgets the wrong ones before a right password. RATE_LIMITED when the login
  // is refused: wrong ones that came at the same moment were first.
  absl::Status Forgive(db::Connection& connection, const std::string& login, absl::Time now) const;

  // Deletes up to `limit` logins whose last wrong password is older than
  // kRefusal; returns how many.
  absl::StatusOr<int64_t> DeleteOld(db::Connection& connection, absl::Time now, int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
