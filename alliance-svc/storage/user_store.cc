#include "alliance-svc/storage/user_store.h"

#include "alliance-svc/domain/phone.h"
#include "alliance-svc/domain/role_rules.h"
#include "alliance-svc/storage/grant_row.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define SELECT_USERS                                                                       \
  "SELECT u.user_id, u.login, u.version, u.state, u.display_name, u.created_at, u.phone, " \
  "u.must_change_password, u.password_set_at, u.last_sign_in_at, "                         \
  "(SELECT MAX(f.refused_until) FROM sign_in_failure AS f WHERE f.login = u.login AND "    \
  "f.refused_until > ?), " JINHUAN_GRANT_COLUMNS " FROM "
constexpr int kGrantColumns = 11;

const db::Query kGet(SELECT_USERS "user AS u " JINHUAN_JOIN_GRANTS
                                  "WHERE u.user_id = ? ORDER BY g.role, g.alliance_id, g.member_id",
                     "PRIMARY");
// An installation has some hundreds to a few thousand accounts, so the filters are
// looked at along the way through the logins.
const db::Query kList(
    SELECT_USERS
    "(SELECT * FROM user FORCE INDEX (user_by_login) WHERE login > ? "
    "AND (LOCATE(?, CONVERT(login USING utf8mb4)) > 0 OR LOCATE(?, display_name) > 0) "
    "AND (? = 0 OR EXISTS (SELECT 1 FROM user_grant AS held "
    "WHERE held.user_id = user.user_id AND held.role = ?)) "
    "ORDER BY login LIMIT ?) AS u " JINHUAN_JOIN_GRANTS
    "ORDER BY u.login, g.role, g.alliance_id, g.member_id",
    "user_by_login");
#undef SELECT_USERS
const db::Query kTakeBootstrapTurn("UPDATE bootstrap SET runs = runs + 1 WHERE id = 1", "PRIMARY");
const db::Query kTakeAdministratorTurn(
    "UPDATE administrator_turn SET turns = turns + 1 WHERE id = 1", "PRIMARY");
const db::Query kAnotherHolder(
    "SELECT g.user_id FROM user_grant AS g FORCE INDEX (user_grant_by_role) "
    "JOIN user AS u ON u.user_id = g.user_id AND u.state = 1 "
    "WHERE g.role = ? AND g.user_id <> ? LIMIT 1",
    "user_grant_by_role");
const db::Query kAny("SELECT 1 FROM user ORDER BY user_id LIMIT 1", "PRIMARY");
const db::Query kInsert(
    "INSERT INTO user (user_id, login, version, state, display_name, password_hash, sign_ins, "
    "created_at, phone, must_change_password, password_set_at) "
    "VALUES (?, ?, 1, ?, ?, ?, 0, ?, ?, ?, ?)",
    "");
const db::Query kSetState(
    "UPDATE user SET version = version + 1, state = ? WHERE user_id = ? AND version = ?",
    "PRIMARY");
const db::Query kUpdate(
    "UPDATE user SET version = version + 1, display_name = ?, phone = COALESCE(?, phone) "
    "WHERE user_id = ? AND version = ?",
    "PRIMARY");
const db::Query kTakeTurn("UPDATE user SET version = version + 1 WHERE user_id = ?", "PRIMARY");
const db::Query kRaiseVersion(
    "UPDATE user SET version = version + 1 WHERE user_id = ? AND version = ?", "PRIMARY");
const db::Query kErase(
    "UPDATE user SET version = version + 1, state = ?, login = ?, display_name = ?, phone = '', "
    "password_hash = '', must_change_password = FALSE, last_sign_in_at = NULL "
    "WHERE user_id = ? AND version = ?",
    "PRIMARY");
const db::Query kInsertGrant(
    "INSERT INTO user_grant (user_id, role, alliance_id, member_id) VALUES (?, ?, ?, ?)", "");
const db::Query kDeleteGrant(
    "DELETE FROM user_grant WHERE user_id = ? AND role = ? AND alliance_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kDeleteGrants("DELETE FROM user_grant WHERE user_id = ?", "PRIMARY");

static_assert(v1::User::STATE_ACTIVE == 1);

// How an erased account is called.
constexpr char kErasedDisplayName[] = "已注销账号";

void AddGrant(const db::Row& row, v1::User& user) {
  if (HasGrant(row, kGrantColumns)) *user.add_grants() = ReadGrant(row, kGrantColumns).grant;
}

std::string MemberIdOf(const auth::v1::Grant& grant) {
  return grant.member().empty() ? "" : LastSegment(grant.member());
}

absl::Status InsertGrant(db::Connection& connection, const v1::User& user,
                         const auth::v1::Grant& grant) {
  return connection.ExecuteExactly(
      1, kInsertGrant,
      {LastSegment(user.name()), grant.role(), AllianceIdOf(grant.alliance()), MemberIdOf(grant)});
}

}  // namespace

StoredUser UserStore::FromRow(const db::Row& row, absl::Time now) const {
  StoredUser stored;
  v1::User& user = stored.user;
  user.set_name(UserName(row.Text(0)));
  user.set_login(row.Text(1));
  stored.version = row.Int(2);
  user.set_etag(row.Text(2));
  user.set_state(static_cast<v1::User::State>(row.Int(3)));
  user.set_display_name(row.Text(4));
  *user.mutable_create_time() = api::ToProto(row.Time(5));
  user.set_phone(MaskPhone(row.Text(6)));
  user.set_first_password(row.Int(7) != 0);
  user.set_must_change_password(user.state() != v1::User::STATE_ERASED &&
                                (row.Int(7) != 0 || now - row.Time(8) >= password_max_age_));
  if (!row.IsNull(9)) *user.mutable_last_sign_in_time() = api::ToProto(row.Time(9));
  if (!row.IsNull(10)) *user.mutable_locked_until_time() = api::ToProto(row.Time(10));
  return stored;
}

absl::StatusOr<StoredUser> UserStore::Get(db::Connection& connection, const std::string& name,
                                          absl::Time now) const {
  StoredUser stored;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {now, LastSegment(name)}, [&](const db::Row& row) {
                        if (stored.version == 0) stored = FromRow(row, now);
                        AddGrant(row, stored.user);
                      }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::StatusOr<std::vector<v1::User>> UserStore::List(db::Connection& connection,
                                                      const v1::ListUsersRequest& request,
                                                      const api::Page& page, absl::Time now) const {
  std::vector<v1::User> users;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList,
                                 {now, page.first() ? "" : page.after[0], request.query(),
                                  request.query(), request.role(), request.role(), page.limit()},
                                 [&](const db::Row& row) {
                                   if (users.empty() || users.back().login() != row.Text(1)) {
                                     users.push_back(FromRow(row, now).user);
                                   }
                                   AddGrant(row, users.back());
                                 })
                         .status());
  return users;
}

absl::StatusOr<bool> UserStore::Any(db::Connection& connection) const {
  JH_ASSIGN_OR_RETURN(const int64_t found, connection.Select(kAny, {}, [](const db::Row&) {}));
  return found > 0;
}

absl::StatusOr<bool> UserStore::AnyInTurn(db::Connection& connection) const {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kTakeBootstrapTurn, {}));
  return Any(connection);
}

absl::StatusOr<v1::User> UserStore::Insert(db::Connection& connection, const api::Call& call,
                                           v1::User user, const std::string& password_hash) const {
  const absl::Status inserted =
      connection
          .Execute(kInsert,
                   {LastSegment(user.name()), user.login(), user.state(), user.display_name(),
                    password_hash, call.now, user.phone(), user.must_change_password(), call.now})
          .status();
  if (db::IsDuplicate(inserted)) {
    return Error(v1::ERROR_REASON_LOGIN_TAKEN, {{"login", user.login()}});
  }
  JH_RETURN_IF_ERROR(inserted);
  for (const auth::v1::Grant& grant : user.grants()) {
    JH_RETURN_IF_ERROR(InsertGrant(connection, user, grant));
  }
  JH_ASSIGN_OR_RETURN(StoredUser stored, Get(connection, user.name(), call.now));
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = user.name(), .after = &stored.user}));
  return std::move(stored.user);
}

absl::StatusOr<v1::User> UserStore::SetState(db::Connection& connection, const api::Call& call,
                                             const StoredUser& before, v1::User::State state,
                                             const std::string& reason) const {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kSetState, {state, LastSegment(before.user.name()), before.version}));
  return ReadChanged(connection, call, before, reason);
}

absl::StatusOr<v1::User> UserStore::Update(db::Connection& connection, const api::Call& call,
                                           const StoredUser& before, v1::User after) const {
  const bool same_phone = after.phone() == before.user.phone();
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {after.display_name(), same_phone ? db::Value(std::nullopt) : db::Value(after.phone()),
       LastSegment(before.user.name()), before.version}));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::User> UserStore::Grant(db::Connection& connection, const api::Call& call,
                                          const StoredUser& before,
                                          const auth::v1::Grant& grant) const {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kRaiseVersion,
                                               {LastSegment(before.user.name()), before.version}));
  JH_RETURN_IF_ERROR(InsertGrant(connection, before.user, grant));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::User> UserStore::Revoke(db::Connection& connection, const api::Call& call,
                                           const StoredUser& before,
                                           const auth::v1::Grant& grant) const {
  const std::string user_id = LastSegment(before.user.name());
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kRaiseVersion, {user_id, before.version}));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kDeleteGrant, {user_id, grant.role(), AllianceIdOf(grant.alliance()), MemberIdOf(grant)}));
  return ReadChanged(connection, call, before, "");
}

absl::StatusOr<v1::User> UserStore::Erase(db::Connection& connection, const api::Call& call,
                                          const StoredUser& before,
                                          const std::string& reason) const {
  const std::string& name = before.user.name();
  const std::string user_id = LastSegment(name);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kErase,
      {v1::User::STATE_ERASED, "erased-" + user_id, kErasedDisplayName, user_id, before.version}));
  JH_RETURN_IF_ERROR(connection.Execute(kDeleteGrants, {user_id}).status());
  JH_ASSIGN_OR_RETURN(StoredUser after, Get(connection, name, call.now));
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = name, .after = &after.user, .reason = reason}));
  return std::move(after.user);
}

absl::Status UserStore::TakeTurn(db::Connection& connection, const std::string& name) const {
  return connection.Execute(kTakeTurn, {LastSegment(name)}).status();
}

absl::Status UserStore::TakeAdministratorTurn(db::Connection& connection) const {
  return connection.ExecuteExactly(1, kTakeAdministratorTurn, {});
}

absl::Status UserStore::CheckNotLast(db::Connection& connection, const v1::User& user,
                                     auth::v1::Role role) const {
  if (!IsAdministrator(role) || user.state() != v1::User::STATE_ACTIVE) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(
      const int64_t others,
      connection.Select(kAnotherHolder, {role, LastSegment(user.name())}, [](const db::Row&) {}));
  if (others > 0) return absl::OkStatus();
  return Error(v1::ERROR_REASON_LAST_ADMINISTRATOR,
               {{"user", user.name()}, {"role", auth::v1::Role_Name(role)}});
}

absl::StatusOr<v1::User> UserStore::ReadChanged(db::Connection& connection, const api::Call& call,
                                                const StoredUser& before,
                                                const std::string& reason) const {
  JH_ASSIGN_OR_RETURN(StoredUser after, Get(connection, before.user.name(), call.now));
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = after.user.name(),
                                      .before = &before.user,
                                      .after = &after.user,
                                      .reason = reason}));
  return std::move(after.user);
}

}  // namespace jinhuan::alliance
