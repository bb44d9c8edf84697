#include "alliance-svc/storage/service_account_store.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define COLUMNS                                                                 \
  "account_id, alliance_id, display_name, created_at, version, state, scopes, " \
  "old_secret_expires_at, COALESCE(certificate_name, '')"
const db::Query kGet("SELECT " COLUMNS " FROM service_account WHERE account_id = ?", "PRIMARY");
const db::Query kList("SELECT " COLUMNS
                      " FROM service_account WHERE account_id > ? ORDER BY account_id LIMIT ?",
                      "PRIMARY");
#undef COLUMNS
const db::Query kInsert(
    "INSERT INTO service_account (account_id, alliance_id, display_name, secret_hash, created_at, "
    "scopes, certificate_name, state) VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, ''), 3)",
    "");
// In this order: each sees what those before it have set. The old secret stays the last that
// was confirmed, and lives no longer than it did.
const db::Query kRotate(
    "UPDATE service_account SET version = version + 1, "
    "old_secret_expires_at = IF(state = 1, ?, LEAST(old_secret_expires_at, ?)), "
    "old_secret_hash = IF(state = 1, secret_hash, old_secret_hash), secret_hash = ?, state = 3 "
    "WHERE account_id = ? AND version = ?",
    "PRIMARY");
const db::Query kSetScopes(
    "UPDATE service_account SET version = version + 1, scopes = ?, state = IF(state = 3, 1, state) "
    "WHERE account_id = ? AND version = ?",
    "PRIMARY");
const db::Query kSetCertificate(
    "UPDATE service_account SET version = version + 1, certificate_name = NULLIF(?, '') "
    "WHERE account_id = ? AND version = ?",
    "PRIMARY");
const db::Query kDisable(
    "UPDATE service_account SET version = version + 1, state = 2, old_secret_expires_at = NULL, "
    "certificate_name = NULL WHERE account_id = ? AND version = ?",
    "PRIMARY");
const db::Query kSecretHashes(
    "SELECT state, secret_hash, IF(old_secret_expires_at > ?, old_secret_hash, NULL) "
    "FROM service_account WHERE account_id = ? AND state IN (1, 3)",
    "PRIMARY");
const db::Query kCountToken(
    "UPDATE service_account FORCE INDEX (PRIMARY) SET version = version + 1 WHERE account_id = ? "
    "AND ((state = 1 AND secret_hash = ?) OR "
    "(state IN (1, 3) AND old_secret_hash = ? AND old_secret_expires_at > ?))",
    "PRIMARY");

static_assert(v1::ServiceAccount::STATE_ACTIVE == 1);
static_assert(v1::ServiceAccount::STATE_DISABLED == 2);
static_assert(v1::ServiceAccount::STATE_WAITING == 3);

StoredServiceAccount FromRow(const db::Row& row, absl::Time now) {
  StoredServiceAccount stored;
  v1::ServiceAccount& account = stored.account;
  account.set_name(ServiceAccountName(row.Text(0)));
  account.set_client_id(row.Text(0));
  account.set_alliance(AllianceName(row.Text(1)));
  account.set_display_name(row.Text(2));
  *account.mutable_create_time() = api::ToProto(row.Time(3));
  stored.version = row.Int(4);
  account.set_state(static_cast<v1::ServiceAccount::State>(row.Int(5)));
  ReadScopes(row.Text(6), *account.mutable_scopes());
  if (!row.IsNull(7) && now < row.Time(7)) {
    *account.mutable_old_secret_expire_time() = api::ToProto(row.Time(7));
  }
  account.set_certificate_name(row.Text(8));
  return stored;
}

// `written`, but for a name that another account has.
absl::Status UnlessTaken(absl::Status written, const std::string& certificate_name) {
  if (!db::IsDuplicate(written)) return written;
  return Error(v1::ERROR_REASON_CERTIFICATE_TAKEN, {{"certificate_name", certificate_name}});
}

std::string ScopesColumn(const google::protobuf::RepeatedPtrField<std::string>& scopes) {
  return absl::StrJoin(scopes, " ");
}

}  // namespace

void ReadScopes(std::string_view column, google::protobuf::RepeatedPtrField<std::string>& scopes) {
  for (const absl::string_view scope :
       absl::StrSplit(absl::string_view(column.data(), column.size()), ' ', absl::SkipEmpty())) {
    *scopes.Add() = std::string(scope);
  }
}

absl::StatusOr<StoredServiceAccount> ServiceAccountStore::Get(db::Connection& connection,
                                                              const std::string& name,
                                                              absl::Time now) const {
  StoredServiceAccount stored;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {LastSegment(name)},
                                        [&](const db::Row& row) { stored = FromRow(row, now); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::StatusOr<std::vector<v1::ServiceAccount>> ServiceAccountStore::List(
    db::Connection& connection, const api::Page& page, absl::Time now) const {
  std::vector<v1::ServiceAccount> accounts;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList, {page.first() ? "" : page.after[0], page.limit()},
                  [&](const db::Row& row) { accounts.push_back(FromRow(row, now).account); })
          .status());
  return accounts;
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::Insert(
    db::Connection& connection, const api::Call& call, v1::ServiceAccount account,
    const std::string& secret_hash) const {
  JH_RETURN_IF_ERROR(UnlessTaken(
      connection
          .Execute(kInsert, {LastSegment(account.name()), AllianceIdOf(account.alliance()),
                             account.display_name(), secret_hash, call.now,
                             ScopesColumn(account.scopes()), account.certificate_name()})
          .status(),
      account.certificate_name()));
  JH_ASSIGN_OR_RETURN(StoredServiceAccount stored, Get(connection, account.name(), call.now));
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = account.name(), .after = &stored.account}));
  return std::move(stored.account);
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::Rotate(
    db::Connection& connection, const api::Call& call, const StoredServiceAccount& before,
    const std::string& secret_hash, std::optional<absl::Time> old_until) const {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kRotate,
      {old_until, old_until, secret_hash, LastSegment(before.account.name()), before.version}));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::SetScopes(
    db::Connection& connection, const api::Call& call, const StoredServiceAccount& before,
    const google::protobuf::RepeatedPtrField<std::string>& scopes) const {
  const std::string column = ScopesColumn(scopes);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kSetScopes, {column, LastSegment(before.account.name()), before.version}));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::SetCertificate(
    db::Connection& connection, const api::Call& call, const StoredServiceAccount& before,
    const std::string& certificate_name) const {
  JH_RETURN_IF_ERROR(
      UnlessTaken(connection.ExecuteExactly(
                      1, kSetCertificate,
                      {certificate_name, LastSegment(before.account.name()), before.version}),
                  certificate_name));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::Disable(db::Connection& connection,
                                                                const api::Call& call,
                                                                const StoredServiceAccount& before,
                                                                const std::string& reason) const {
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kDisable, {LastSegment(before.account.name()), before.version}));
  return ReadChanged(connection, call, before, reason);
}

absl::StatusOr<SecretHashes> ServiceAccountStore::FindSecretHashes(db::Connection& connection,
                                                                   const std::string& client_id,
                                                                   absl::Time now) const {
  SecretHashes hashes;
  JH_RETURN_IF_ERROR(connection
                         .Select(kSecretHashes, {now, client_id},
                                 [&](const db::Row& row) {
                                   if (row.Int(0) == v1::ServiceAccount::STATE_WAITING) {
                                     hashes.waiting = row.Text(1);
                                   } else {
                                     hashes.good.push_back(row.Text(1));
                                   }
                                   if (!row.IsNull(2)) hashes.good.push_back(row.Text(2));
                                 })
                         .status());
  return hashes;
}

absl::StatusOr<bool> ServiceAccountStore::CountToken(db::Connection& connection,
                                                     const std::string& client_id,
                                                     const std::string& secret_hash,
                                                     absl::Time now) const {
  JH_ASSIGN_OR_RETURN(const int64_t counted,
                      connection.Execute(kCountToken, {client_id, secret_hash, secret_hash, now}));
  return counted == 1;
}

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::ReadChanged(
    db::Connection& connection, const api::Call& call, const StoredServiceAccount& before,
    const std::string& reason) const {
  JH_ASSIGN_OR_RETURN(StoredServiceAccount after, Get(connection, before.account.name(), call.now));
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = after.account.name(),
                                      .before = &before.account,
                                      .after = &after.account,
                                      .reason = reason}));
  return std::move(after.account);
}

}  // namespace jinhuan::alliance
