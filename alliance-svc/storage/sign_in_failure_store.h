#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Whose wrong passwords are counted.
struct SignInAttempt {
  std::string login;
  std::string source;  // SourceOf the client's address; not empty
};

// Every statement on the table `sign_in_failure`. After kMaxWrong wrong passwords in
// a row for one login from one source that pair is refused for kRefusal, and after
// kMaxWrongOfLogin from all sources together the login is, the right password too.
// What is counted is forgotten kWindow after the first; a right password forgives
// its own source alone, so that a guesser gains nothing by the owner's signing in.
// Logins that nobody has are treated alike, so that a refusal tells nothing.
// Thread-safe.
class SignInFailureStore {
 public:
  static constexpr int kMaxWrong = 5;
  static constexpr int kMaxWrongOfLogin = 30;
  static constexpr absl::Duration kWindow = absl::Hours(1);
  static constexpr absl::Duration kRefusal = absl::Minutes(15);

  explicit SignInFailureStore(journal::Journal& journal) : journal_(journal) {}

  // RESOURCE_EXHAUSTED / RATE_LIMITED while the attempt is refused. Decides nothing:
  // it spares the hashing.
  absl::Status CheckAllowed(db::Connection& connection, const SignInAttempt& attempt,
                            absl::Time now) const;

  // Counts a wrong password; one that begins a refusal is journalled on `account`,
  // the account that has the login, "" for none. RESOURCE_EXHAUSTED / RATE_LIMITED
  // when the attempt is refused already: of guesses that came at once, no more than
  // the limits allow learn anything.
  absl::Status CountWrong(db::Connection& connection, const api::Call& call,
                          const SignInAttempt& attempt, const std::string& account) const;

  // Forgets the wrong ones of the source before a right password. RATE_LIMITED when
  // the attempt is refused: wrong ones that came at the same moment were first.
  absl::Status Forgive(db::Connection& connection, const SignInAttempt& attempt,
                       absl::Time now) const;

  // Forgets everything that is counted for `login`, and so lifts a refusal.
  absl::Status Lift(db::Connection& connection, const std::string& login) const;

  // Deletes up to `limit` counts that have had their time; returns how many.
  absl::StatusOr<int64_t> DeleteOld(db::Connection& connection, absl::Time now, int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
