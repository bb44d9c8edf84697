#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "alliance-svc/storage/rotation_record_store.h"
#include "jinhuan/alliance/v1/auth_service.pb.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Who a credential belongs to, as things are now.
struct ResolvedCredential {
  auth::v1::Caller caller;                // with the grants that are in force, filled in
  absl::Time expire_time;                 // of the credential
  bool password_change_required = false;  // the caller has no grants until then
  std::string certificate_name;           // of a system that is bound to one
};

// Every statement on the table `credential`: sessions of users and bearer tokens
// of service accounts, both kept as the CredentialHash of the token
// (`credential_id`, also the last part of a session's name). Thread-safe.
class CredentialStore {
 public:
  // `rotations` tells who acts as chair; `password_max_age`: after how long a password must
  // be changed.
  CredentialStore(journal::Journal& journal, const RotationRecordStore& rotations,
                  absl::Duration password_max_age)
      : journal_(journal), rotations_(rotations), password_max_age_(password_max_age) {}

  // UNAUTHENTICATED / SIGN_IN_REQUIRED when the credential is unknown, expired
  // at `now` or revoked, or its account is shut out. Grants of members that are
  // not ACTIVE are left out; liaisons of the unit that acts as chair, or is about to, have
  // the chair's grant too (AddChairGrants).
  absl::StatusOr<ResolvedCredential> Resolve(db::Connection& connection,
                                             const std::string& credential_id,
                                             absl::Time now) const;

  // The system whose certificate has one of `names`, its expire_time not set. UNAUTHENTICATED
  // / SIGN_IN_REQUIRED when there is none that is ACTIVE, or several.
  absl::StatusOr<ResolvedCredential> ResolveCertificate(
      db::Connection& connection, const std::vector<std::string>& names) const;

  // What Resolve says of a session of `user`, as if there were one now: for what is
  // made for a person without one. NOT_FOUND / RESOURCE_NOT_FOUND unless the user is
  // ACTIVE.
  absl::StatusOr<auth::v1::Caller> CallerOf(db::Connection& connection, const std::string& user,
                                            absl::Time now) const;

  // Begins a credential of `account` (users/… or serviceAccounts/…), whose doing
  // it is in the journal.
  absl::Status Open(db::Connection& connection, const api::Call& call, const std::string& account,
                    const std::string& credential_id, absl::Time expire_time) const;

  // Up to page.limit() sessions of `user` that are good at call.now, the newest first,
  // by the time when they began, in microseconds, and id: the two columns of the page's
  // key. The caller's own is marked.
  absl::StatusOr<std::vector<v1::SessionInfo>> ListSessions(db::Connection& connection,
                                                            const api::Call& call,
                                                            const std::string& user,
                                                            const api::Page& page) const;

  // Every session of `user` that is still stored, also those that ended.
  absl::StatusOr<std::vector<v1::SessionInfo>> StoredSessions(db::Connection& connection,
                                                              const std::string& user) const;

  // Ends the caller's credential; one that has ended stays as it is.
  absl::Status Revoke(db::Connection& connection, const api::Call& call,
                      const std::string& credential_id) const;

  // Ends a session of `user` and says so in the journal; whether it was good.
  absl::StatusOr<bool> RevokeSession(db::Connection& connection, const api::Call& call,
                                     const std::string& user,
                                     const std::string& credential_id) const;

  // Ends all sessions of `user` but that of the call, and says so in the journal; how
  // many were good.
  absl::StatusOr<int64_t> RevokeOthers(db::Connection& connection, const api::Call& call,
                                       const std::string& user) const;

  // Ends all credentials of `account` but `kept` (which may be empty); how many were
  // good. Part of another change, which stands in the journal.
  absl::StatusOr<int64_t> RevokeAll(db::Connection& connection, const std::string& account,
                                    std::string_view kept, absl::Time now) const;

  // Deletes all credentials of `account`. Part of another change.
  absl::Status DeleteAll(db::Connection& connection, const std::string& account) const;

  // Deletes up to `limit` credentials that expired before `now`; returns how
  // many.
  absl::StatusOr<int64_t> DeleteExpired(db::Connection& connection, absl::Time now,
                                        int limit) const;

 private:
  ResolvedCredential PersonIn(const db::Row& row) const;
  absl::StatusOr<ResolvedCredential> Person(db::Connection& connection, const db::Query& query,
                                            std::initializer_list<db::Value> values,
                                            absl::Time now) const;

  journal::Journal& journal_;
  const RotationRecordStore& rotations_;
  const absl::Duration password_max_age_;
};

}  // namespace jinhuan::alliance
