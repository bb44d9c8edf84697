#include "alliance-svc/storage/credential_store.h"

#include "alliance-svc/storage/grant_row.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define WHERE_VALID "WHERE c.credential_id = ? AND c.revoked_at IS NULL AND c.expires_at > ? "
const db::Query kResolveUser(
    "SELECT c.expires_at, u.user_id, u.display_name, " JINHUAN_GRANT_COLUMNS
    " FROM credential AS c JOIN user AS u ON u.user_id = c.account AND u.state = "
    "1 " JINHUAN_JOIN_GRANTS WHERE_VALID "ORDER BY g.role, g.alliance_id, g.member_id",
    "PRIMARY");
constexpr int kGrantColumns = 3;
const db::Query kResolveServiceAccount(
    "SELECT c.expires_at, s.account_id, s.display_name, s.alliance_id FROM credential AS c "
    "JOIN service_account AS s ON s.account_id = c.account " WHERE_VALID,
    "PRIMARY");
#undef WHERE_VALID
const db::Query kInsert(
    "INSERT INTO credential (credential_id, account, created_at, expires_at) VALUES (?, ?, ?, ?)",
    "");
const db::Query kRevoke(
    "UPDATE credential SET revoked_at = ? WHERE credential_id = ? AND revoked_at IS NULL",
    "PRIMARY");
const db::Query kRevokeAll(
    "UPDATE credential FORCE INDEX (credential_by_account) SET revoked_at = ? "
    "WHERE account = ? AND credential_id <> ? AND revoked_at IS NULL",
    "credential_by_account");
const db::Query kDeleteExpired(
    "DELETE FROM credential WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
    "credential_by_expiry");

}  // namespace

absl::StatusOr<ResolvedCredential> CredentialStore::Resolve(db::Connection& connection,
                                                            const std::string& credential_id,
                                                            absl::Time now) const {
  ResolvedCredential resolved;
  auth::v1::Caller& caller = resolved.caller;
  JH_ASSIGN_OR_RETURN(
      int64_t found, connection.Select(kResolveUser, {credential_id, now}, [&](const db::Row& row) {
        resolved.expire_time = row.Time(0);
        caller.set_name(UserName(row.Text(1)));
        caller.set_display_name(row.Text(2));
        if (!HasGrant(row, kGrantColumns)) return;
        GrantRow grant = ReadGrant(row, kGrantColumns);
        if (grant.in_force) *caller.add_grants() = std::move(grant.grant);
      }));
  if (found > 0) return resolved;
  JH_ASSIGN_OR_RETURN(found, connection.Select(kResolveServiceAccount, {credential_id, now},
                                               [&](const db::Row& row) {
                                                 resolved.expire_time = row.Time(0);
                                                 caller.set_name(ServiceAccountName(row.Text(1)));
                                                 caller.set_display_name(row.Text(2));
                                                 auth::v1::Grant& grant = *caller.add_grants();
                                                 grant.set_role(auth::v1::ROLE_SYSTEM);
                                                 grant.set_alliance(AllianceName(row.Text(3)));
                                               }));
  if (found == 0) return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  return resolved;
}

absl::Status CredentialStore::Open(db::Connection& connection, const api::Call& call,
                                   const std::string& account, const std::string& credential_id,
                                   absl::Time expire_time) const {
  JH_RETURN_IF_ERROR(
      connection.Execute(kInsert, {credential_id, LastSegment(account), call.now, expire_time})
          .status());
  api::Call own = call;
  own.caller.set_name(account);
  return journal_.Append(connection, own, {.resource = account});
}

absl::Status CredentialStore::Revoke(db::Connection& connection, const api::Call& call,
                                     const std::string& credential_id) const {
  JH_ASSIGN_OR_RETURN(const int64_t revoked,
                      connection.Execute(kRevoke, {call.now, credential_id}));
  if (revoked == 0) return absl::OkStatus();
  return journal_.Append(connection, call, {.resource = call.caller.name()});
}

absl::Status CredentialStore::RevokeAll(db::Connection& connection, const std::string& account,
                                        std::string_view kept, absl::Time now) const {
  return connection.Execute(kRevokeAll, {now, LastSegment(account), kept}).status();
}

absl::StatusOr<int64_t> CredentialStore::DeleteExpired(db::Connection& connection, absl::Time now,
                                                       int limit) const {
  return connection.Execute(kDeleteExpired, {now, limit});
}

}  // namespace jinhuan::alliance
