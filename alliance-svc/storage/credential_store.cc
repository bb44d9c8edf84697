#include "alliance-svc/storage/credential_store.h"

#include "alliance-svc/storage/chair_grants.h"
#include "alliance-svc/storage/grant_row.h"
#include "alliance-svc/storage/names.h"
#include "alliance-svc/storage/service_account_store.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define PERSON_COLUMNS \
  "u.user_id, u.display_name, u.must_change_password, u.password_set_at, " JINHUAN_GRANT_COLUMNS
constexpr int kPasswordSetAt = 4;
constexpr int kGrantColumns = 5;
#define WHERE_VALID "WHERE c.credential_id = ? AND c.revoked_at IS NULL AND c.expires_at > ? "
const db::Query kResolveUser(
    "SELECT c.expires_at, " PERSON_COLUMNS
    " FROM credential AS c JOIN user AS u ON u.user_id = c.account AND u.state = "
    "1 " JINHUAN_JOIN_GRANTS WHERE_VALID "ORDER BY g.role, g.alliance_id, g.member_id",
    "PRIMARY");
const db::Query kPerson("SELECT NULL, " PERSON_COLUMNS " FROM user AS u " JINHUAN_JOIN_GRANTS
                        "WHERE u.user_id = ? AND u.state = 1 "
                        "ORDER BY g.role, g.alliance_id, g.member_id",
                        "PRIMARY");
#define SYSTEM_COLUMNS \
  "s.account_id, s.display_name, s.alliance_id, s.scopes, COALESCE(s.certificate_name, '')"
// State 1 is ACTIVE; 3 WAITING, where a token is by the secret before.
const db::Query kResolveServiceAccount(
    "SELECT " SYSTEM_COLUMNS
    ", c.expires_at FROM credential AS c JOIN service_account AS s ON s.account_id = c.account "
    "AND s.state IN (1, 3) " WHERE_VALID,
    "PRIMARY");
const db::Query kResolveCertificate("SELECT " SYSTEM_COLUMNS
                                    " FROM service_account AS s WHERE s.certificate_name = ? "
                                    "AND s.state = 1",
                                    "service_account_by_certificate");
#undef SYSTEM_COLUMNS
#undef WHERE_VALID
#undef PERSON_COLUMNS
const db::Query kInsert(
    "INSERT INTO credential (credential_id, account, created_at, expires_at, address, user_agent) "
    "VALUES (?, ?, ?, ?, ?, ?)",
    "");
#define SELECT_SESSIONS                                                     \
  "SELECT credential_id, created_at, expires_at, address, user_agent FROM " \
  "credential FORCE INDEX (credential_by_account) WHERE account = ? "
const db::Query kListSessions(SELECT_SESSIONS
                              "AND revoked_at IS NULL AND expires_at > ? "
                              "AND (created_at < ? OR (created_at = ? AND credential_id < ?)) "
                              "ORDER BY created_at DESC, credential_id DESC LIMIT ?",
                              "credential_by_account");
const db::Query kStoredSessions(SELECT_SESSIONS "ORDER BY created_at DESC, credential_id DESC",
                                "credential_by_account");
#undef SELECT_SESSIONS
const db::Query kRevoke(
    "UPDATE credential SET revoked_at = ? WHERE credential_id = ? AND revoked_at IS NULL",
    "PRIMARY");
const db::Query kRevokeSession(
    "UPDATE credential FORCE INDEX (PRIMARY) SET revoked_at = ? "
    "WHERE credential_id = ? AND account = ? AND revoked_at IS NULL AND expires_at > ?",
    "PRIMARY");
const db::Query kRevokeAll(
    "UPDATE credential FORCE INDEX (credential_by_account) SET revoked_at = ? "
    "WHERE account = ? AND credential_id <> ? AND revoked_at IS NULL AND expires_at > ?",
    "credential_by_account");
const db::Query kDeleteAll("DELETE FROM credential WHERE account = ?", "credential_by_account");
const db::Query kDeleteExpired(
    "DELETE FROM credential WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
    "credential_by_expiry");

constexpr size_t kAddressColumn = 45;
constexpr size_t kUserAgentColumn = 200;

absl::Status SignInRequired() { return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED); }

ResolvedCredential SystemIn(const db::Row& row) {
  ResolvedCredential system;
  system.caller.set_name(ServiceAccountName(row.Text(0)));
  system.caller.set_display_name(row.Text(1));
  auth::v1::Grant& grant = *system.caller.add_grants();
  grant.set_role(auth::v1::ROLE_SYSTEM);
  grant.set_alliance(AllianceName(row.Text(2)));
  ReadScopes(row.Text(3), *grant.mutable_scopes());
  system.certificate_name = row.Text(4);
  return system;
}

v1::SessionInfo SessionIn(const db::Row& row, const std::string& user) {
  v1::SessionInfo session;
  session.set_name(user + "/sessions/" + row.Text(0));
  *session.mutable_create_time() = api::ToProto(row.Time(1));
  *session.mutable_expire_time() = api::ToProto(row.Time(2));
  session.set_address(row.Text(3));
  session.set_user_agent(row.Text(4));
  return session;
}

}  // namespace

ResolvedCredential CredentialStore::PersonIn(const db::Row& row) const {
  ResolvedCredential person;
  if (!row.IsNull(0)) person.expire_time = row.Time(0);
  person.caller.set_name(UserName(row.Text(1)));
  person.caller.set_display_name(row.Text(2));
  person.password_change_required = row.Int(3) != 0;
  return person;
}

absl::StatusOr<ResolvedCredential> CredentialStore::Person(db::Connection& connection,
                                                           const db::Query& query,
                                                           std::initializer_list<db::Value> values,
                                                           absl::Time now) const {
  ResolvedCredential person;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(query, values, [&](const db::Row& row) {
                        if (person.caller.name().empty()) {
                          person = PersonIn(row);
                          if (now - row.Time(kPasswordSetAt) >= password_max_age_) {
                            person.password_change_required = true;
                          }
                        }
                        if (!HasGrant(row, kGrantColumns)) return;
                        GrantRow grant = ReadGrant(row, kGrantColumns);
                        if (grant.in_force) *person.caller.add_grants() = std::move(grant.grant);
                        if (grant.suspended) {
                          *person.caller.add_suspended_grants() = std::move(grant.grant);
                        }
                      }));
  if (found == 0) return absl::NotFoundError("no such person");
  if (person.password_change_required) {
    person.caller.clear_grants();
    person.caller.clear_suspended_grants();
  }
  JH_RETURN_IF_ERROR(AddChairGrants(connection, rotations_, now, person.caller));
  return person;
}

absl::StatusOr<ResolvedCredential> CredentialStore::Resolve(db::Connection& connection,
                                                            const std::string& credential_id,
                                                            absl::Time now) const {
  absl::StatusOr<ResolvedCredential> person =
      Person(connection, kResolveUser, {credential_id, now}, now);
  if (!absl::IsNotFound(person.status())) return person;
  ResolvedCredential system;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kResolveServiceAccount, {credential_id, now}, [&](const db::Row& row) {
        system = SystemIn(row);
        system.expire_time = row.Time(5);
      }));
  if (found == 0) return SignInRequired();
  return system;
}

absl::StatusOr<ResolvedCredential> CredentialStore::ResolveCertificate(
    db::Connection& connection, const std::vector<std::string>& names) const {
  ResolvedCredential system;
  bool several = false;
  for (const std::string& name : names) {
    JH_RETURN_IF_ERROR(connection
                           .Select(kResolveCertificate, {name},
                                   [&](const db::Row& row) {
                                     const std::string before = system.caller.name();
                                     system = SystemIn(row);
                                     several |= !before.empty() && system.caller.name() != before;
                                   })
                           .status());
  }
  if (system.caller.name().empty() || several) return SignInRequired();
  return system;
}

absl::StatusOr<auth::v1::Caller> CredentialStore::CallerOf(db::Connection& connection,
                                                           const std::string& user,
                                                           absl::Time now) const {
  absl::StatusOr<ResolvedCredential> person = Person(connection, kPerson, {LastSegment(user)}, now);
  if (absl::IsNotFound(person.status())) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", user}});
  }
  JH_RETURN_IF_ERROR(person.status());
  return std::move(person->caller);
}

absl::Status CredentialStore::Open(db::Connection& connection, const api::Call& call,
                                   const std::string& account, const std::string& credential_id,
                                   absl::Time expire_time) const {
  JH_RETURN_IF_ERROR(connection
                         .Execute(kInsert, {credential_id, LastSegment(account), call.now,
                                            expire_time, call.address.substr(0, kAddressColumn),
                                            call.user_agent.substr(0, kUserAgentColumn)})
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

absl::StatusOr<std::vector<v1::SessionInfo>> CredentialStore::ListSessions(
    db::Connection& connection, const api::Call& call, const std::string& user,
    const api::Page& page) const {
  absl::Time before = call.now + absl::Hours(1);  // later than any
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(const int64_t micros, api::NumberOf(page.after[0]));
    before = absl::FromUnixMicros(micros);
  }
  const std::string id = page.first() ? "" : page.after[1];
  const std::string current = user + "/sessions/" + call.credential_id;
  std::vector<v1::SessionInfo> sessions;
  JH_RETURN_IF_ERROR(connection
                         .Select(kListSessions,
                                 {LastSegment(user), call.now, before, before, id, page.limit()},
                                 [&](const db::Row& row) {
                                   sessions.push_back(SessionIn(row, user));
                                   sessions.back().set_current(sessions.back().name() == current);
                                 })
                         .status());
  return sessions;
}

absl::StatusOr<std::vector<v1::SessionInfo>> CredentialStore::StoredSessions(
    db::Connection& connection, const std::string& user) const {
  std::vector<v1::SessionInfo> sessions;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kStoredSessions, {LastSegment(user)},
                  [&](const db::Row& row) { sessions.push_back(SessionIn(row, user)); })
          .status());
  return sessions;
}

absl::StatusOr<bool> CredentialStore::RevokeSession(db::Connection& connection,
                                                    const api::Call& call, const std::string& user,
                                                    const std::string& credential_id) const {
  JH_ASSIGN_OR_RETURN(
      const int64_t revoked,
      connection.Execute(kRevokeSession, {call.now, credential_id, LastSegment(user), call.now}));
  if (revoked == 0) return false;
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = user}));
  return true;
}

absl::StatusOr<int64_t> CredentialStore::RevokeOthers(db::Connection& connection,
                                                      const api::Call& call,
                                                      const std::string& user) const {
  JH_ASSIGN_OR_RETURN(const int64_t revoked,
                      RevokeAll(connection, user, call.credential_id, call.now));
  if (revoked > 0) {
    JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = user}));
  }
  return revoked;
}

absl::StatusOr<int64_t> CredentialStore::RevokeAll(db::Connection& connection,
                                                   const std::string& account,
                                                   std::string_view kept, absl::Time now) const {
  return connection.Execute(kRevokeAll, {now, LastSegment(account), kept, now});
}

absl::Status CredentialStore::DeleteAll(db::Connection& connection,
                                        const std::string& account) const {
  return connection.Execute(kDeleteAll, {LastSegment(account)}).status();
}

absl::StatusOr<int64_t> CredentialStore::DeleteExpired(db::Connection& connection, absl::Time now,
                                                       int limit) const {
  return connection.Execute(kDeleteExpired, {now, limit});
}

}  // namespace jinhuan::alliance
