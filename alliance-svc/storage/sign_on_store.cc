#include "alliance-svc/storage/sign_on_store.h"

#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kFindUser("SELECT user_id FROM sign_on_link WHERE identity_hash = ?",
                          "sign_on_link_by_identity");
const db::Query kFind("SELECT issuer, created_at FROM sign_on_link WHERE user_id = ?", "PRIMARY");
const db::Query kDelete("DELETE FROM sign_on_link WHERE user_id = ?", "PRIMARY");
const db::Query kInsert(
    "INSERT INTO sign_on_link (user_id, issuer, identity_hash, created_at) VALUES (?, ?, ?, ?)",
    "");
const db::Query kSpend("INSERT IGNORE INTO sign_on_spent (ticket_hash, expires_at) VALUES (?, ?)",
                       "");
const db::Query kDeleteSpent(
    "DELETE FROM sign_on_spent WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
    "sign_on_spent_by_expiry");

std::string LinkName(const std::string& user) { return user + "/signOnLink"; }

// An issuer has no space in it.
std::string HashOf(const SignOnIdentity& identity) {
  return CredentialHash(identity.issuer + " " + identity.subject);
}

}  // namespace

absl::StatusOr<std::optional<std::string>> SignOnStore::FindUser(
    db::Connection& connection, const SignOnIdentity& identity) const {
  std::optional<std::string> user;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFindUser, {HashOf(identity)},
                                 [&](const db::Row& row) { user = UserName(row.Text(0)); })
                         .status());
  return user;
}

absl::StatusOr<std::optional<v1::SignOnLink>> SignOnStore::Find(db::Connection& connection,
                                                                const std::string& user) const {
  std::optional<v1::SignOnLink> link;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFind, {LastSegment(user)},
                                 [&](const db::Row& row) {
                                   link.emplace().set_name(LinkName(user));
                                   link->set_issuer(row.Text(0));
                                   *link->mutable_create_time() = api::ToProto(row.Time(1));
                                 })
                         .status());
  return link;
}

absl::StatusOr<v1::SignOnLink> SignOnStore::Replace(db::Connection& connection,
                                                    const api::Call& call,
                                                    const SignOnIdentity& identity) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(Delete(connection, user));
  const absl::Status inserted =
      connection.Execute(kInsert, {LastSegment(user), identity.issuer, HashOf(identity), call.now})
          .status();
  if (db::IsDuplicate(inserted)) return Error(v1::ERROR_REASON_SIGN_ON_TAKEN);
  JH_RETURN_IF_ERROR(inserted);
  v1::SignOnLink link;
  link.set_name(LinkName(user));
  link.set_issuer(identity.issuer);
  *link.mutable_create_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = link.name(), .after = &link}));
  return link;
}

absl::StatusOr<bool> SignOnStore::Remove(db::Connection& connection, const api::Call& call) const {
  JH_ASSIGN_OR_RETURN(const int64_t removed,
                      connection.Execute(kDelete, {LastSegment(call.caller.name())}));
  if (removed == 0) return false;
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = LinkName(call.caller.name())}));
  return true;
}

absl::Status SignOnStore::Delete(db::Connection& connection, const std::string& user) const {
  return connection.Execute(kDelete, {LastSegment(user)}).status();
}

absl::StatusOr<bool> SignOnStore::Spend(db::Connection& connection, const std::string& ticket_hash,
                                        absl::Time expire_time) const {
  JH_ASSIGN_OR_RETURN(const int64_t spent, connection.Execute(kSpend, {ticket_hash, expire_time}));
  return spent == 1;
}

absl::StatusOr<int64_t> SignOnStore::DeleteSpent(db::Connection& connection, absl::Time now,
                                                 int limit) const {
  return connection.Execute(kDeleteSpent, {now, limit});
}

}  // namespace jinhuan::alliance
