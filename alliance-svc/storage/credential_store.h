#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Who a credential belongs to, as things are now.
struct ResolvedCredential {
  auth::v1::Caller caller;  // with the grants that are in force, filled in
  absl::Time expire_time;
};

// Every statement on the table `credential`: sessions of users and bearer tokens
// of service accounts, both kept as the CredentialHash of the token
// (`credential_id`). Thread-safe.
class CredentialStore {
 public:
  explicit CredentialStore(journal::Journal& journal) : journal_(journal) {}

  // UNAUTHENTICATED / SIGN_IN_REQUIRED when the credential is unknown, expired
  // at `now` or revoked, or its user is not ACTIVE. Grants of members that are
  // not ACTIVE are left out.
  absl::StatusOr<ResolvedCredential> Resolve(db::Connection& connection,
                                             const std::string& credential_id,
                                             absl::Time now) const;

  // Begins a credential of `account` (users/… or serviceAccounts/…), whose doing
  // it is in the journal.
  absl::Status Open(db::Connection& connection, const api::Call& call, const std::string& account,
                    const std::string& credential_id, absl::Time expire_time) const;

  // Ends the caller's credential; one that has ended stays as it is.
  absl::Status Revoke(db::Connection& connection, const api::Call& call,
                      const std::string& credential_id) const;

  // Ends all credentials of `account` but `kept` (which may be empty). Part of
  // another change, which stands in the journal.
  absl::Status RevokeAll(db::Connection& connection, const std::string& account,
                         std::string_view kept, absl::Time now) const;

  // Deletes up to `limit` credentials that expired before `now`; returns how
  // many.
  absl::StatusOr<int64_t> DeleteExpired(db::Connection& connection, absl::Time now,
                                        int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
