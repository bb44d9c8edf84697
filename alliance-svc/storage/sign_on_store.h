#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/sign_on_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// An identity at a provider.
struct SignOnIdentity {
  std::string issuer;
  std::string subject;
};

// Every statement on the tables `sign_on_link` (an account has one identity at most, and
// an identity is one account's) and `sign_on_spent` (tickets that came back). Thread-safe.
class SignOnStore {
 public:
  explicit SignOnStore(journal::Journal& journal) : journal_(journal) {}

  // Whose the identity is, `users/…`; nothing when it is nobody's.
  absl::StatusOr<std::optional<std::string>> FindUser(db::Connection& connection,
                                                      const SignOnIdentity& identity) const;

  // The link of a user.
  absl::StatusOr<std::optional<v1::SignOnLink>> Find(db::Connection& connection,
                                                     const std::string& user) const;

  // Gives the caller the identity, in place of the one before. ALREADY_EXISTS /
  // SIGN_ON_TAKEN.
  absl::StatusOr<v1::SignOnLink> Replace(db::Connection& connection, const api::Call& call,
                                         const SignOnIdentity& identity) const;

  // Takes the caller's link away: whether there was one.
  absl::StatusOr<bool> Remove(db::Connection& connection, const api::Call& call) const;

  // Deletes the link of a user. Part of erasing the account.
  absl::Status Delete(db::Connection& connection, const std::string& user) const;

  // Spends the ticket with this CredentialHash, which expires then: whether it was not
  // spent before.
  absl::StatusOr<bool> Spend(db::Connection& connection, const std::string& ticket_hash,
                             absl::Time expire_time) const;

  // Forgets up to `limit` spent tickets that have expired; returns how many.
  absl::StatusOr<int64_t> DeleteSpent(db::Connection& connection, absl::Time now, int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
