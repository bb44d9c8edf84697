#include "alliance-svc/storage/user_store.h"

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

#define SELECT_USERS                                                \
  "SELECT u.user_id, u.login, u.version, u.state, u.display_name, " \
  "u.created_at, " JINHUAN_GRANT_COLUMNS " FROM "
constexpr int kGrantColumns = 6;

const db::Query kGet(SELECT_USERS "user AS u " JINHUAN_JOIN_GRANTS
                                  "WHERE u.user_id = ? ORDER BY g.role, g.alliance_id, g.member_id",
                     "PRIMARY");
const db::Query kList(SELECT_USERS
                      "(SELECT * FROM user FORCE INDEX (user_by_login) WHERE login > ? "
                      "ORDER BY login LIMIT ?) AS u " JINHUAN_JOIN_GRANTS
                      "ORDER BY u.login, g.role, g.alliance_id, g.member_id",
                      "user_by_login");
#undef SELECT_USERS
const db::Query kTakeTurn("UPDATE bootstrap SET runs = runs + 1 WHERE id = 1", "PRIMARY");
const db::Query kAny("SELECT 1 FROM user ORDER BY user_id LIMIT 1", "PRIMARY");
const db::Query kInsert(
    "INSERT INTO user (user_id, login, version, state, display_name, password_hash, sign_ins, "
    "created_at) VALUES (?, ?, 1, ?, ?, ?, 0, ?)",
    "");
const db::Query kSetState(
    "UPDATE user SET version = version + 1, state = ? WHERE user_id = ? AND version = ?",
    "PRIMARY");
const db::Query kRaiseVersion(
    "UPDATE user SET version = version + 1 WHERE user_id = ? AND version = ?", "PRIMARY");
const db::Query kInsertGrant(
    "INSERT INTO user_grant (user_id, role, alliance_id, member_id) VALUES (?, ?, ?, ?)", "");
const db::Query kDeleteGrant(
    "DELETE FROM user_grant WHERE user_id = ? AND role = ? AND alliance_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kFindByLogin(
    "SELECT user_id, login, password_hash, state FROM user WHERE login = ?", "user_by_login");
const db::Query kFindById("SELECT user_id, login, password_hash, state FROM user WHERE user_id = ?",
                          "PRIMARY");
const db::Query kCountSignIn(
    "UPDATE user SET sign_ins = sign_ins + 1 "
    "WHERE user_id = ? AND state = 1 AND password_hash = ?",
    "PRIMARY");
const db::Query kSetPassword(
    "UPDATE user SET version = version + 1, password_hash = ? "
    "WHERE user_id = ? AND state = 1 AND password_hash = ?",
    "PRIMARY");

static_assert(v1::User::STATE_ACTIVE == 1);

StoredUser FromRow(const db::Row& row) {
  StoredUser stored;
  stored.user.set_name(UserName(row.Text(0)));
  stored.user.set_login(row.Text(1));
  stored.version = row.Int(2);
  stored.user.set_state(static_cast<v1::User::State>(row.Int(3)));
  stored.user.set_display_name(row.Text(4));
  *stored.user.mutable_create_time() = api::ToProto(row.Time(5));
  return stored;
}

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

absl::StatusOr<std::optional<SignInAccount>> Find(db::Connection& connection,
                                                  const db::Query& query, const std::string& key) {
  std::optional<SignInAccount> account;
  JH_RETURN_IF_ERROR(connection
                         .Select(query, {key},
                                 [&](const db::Row& row) {
                                   account = {.user_id = row.Text(0),
                                              .login = row.Text(1),
                                              .password_hash = row.Text(2),
                                              .active = row.Int(3) == v1::User::STATE_ACTIVE};
                                 })
                         .status());
  return account;
}

}  // namespace

absl::StatusOr<StoredUser> UserStore::Get(db::Connection& connection,
                                          const std::string& name) const {
  StoredUser stored;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {LastSegment(name)}, [&](const db::Row& row) {
                        if (stored.version == 0) stored = FromRow(row);
                        AddGrant(row, stored.user);
                      }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::StatusOr<std::vector<v1::User>> UserStore::List(db::Connection& connection,
                                                      const api::Page& page) const {
  std::vector<v1::User> users;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList, {page.first() ? "" : page.after[0], page.limit()},
                                 [&](const db::Row& row) {
                                   if (users.empty() || users.back().login() != row.Text(1)) {
                                     users.push_back(FromRow(row).user);
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
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kTakeTurn, {}));
  return Any(connection);
}

absl::StatusOr<v1::User> UserStore::Insert(db::Connection& connection, const api::Call& call,
                                           v1::User user, const std::string& password_hash) const {
  const absl::Status inserted =
      connection
          .Execute(kInsert, {LastSegment(user.name()), user.login(), user.state(),
                             user.display_name(), password_hash, call.now})
          .status();
  if (db::IsDuplicate(inserted)) {
    return Error(v1::ERROR_REASON_LOGIN_TAKEN, {{"login", user.login()}});
  }
  JH_RETURN_IF_ERROR(inserted);
  for (const auth::v1::Grant& grant : user.grants()) {
    JH_RETURN_IF_ERROR(InsertGrant(connection, user, grant));
  }
  *user.mutable_create_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = user.name(), .after = &user}));
  return user;
}

absl::StatusOr<v1::User> UserStore::Disable(db::Connection& connection, const api::Call& call,
                                            const StoredUser& before,
                                            const std::string& reason) const {
  v1::User after = before.user;
  after.set_state(v1::User::STATE_DISABLED);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kSetState, {after.state(), LastSegment(after.name()), before.version}));
  JH_RETURN_IF_ERROR(JournalChange(connection, call, before.user, after, reason));
  return after;
}

absl::StatusOr<v1::User> UserStore::Grant(db::Connection& connection, const api::Call& call,
                                          const StoredUser& before,
                                          const auth::v1::Grant& grant) const {
  const std::string& name = before.user.name();
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kRaiseVersion, {LastSegment(name), before.version}));
  JH_RETURN_IF_ERROR(InsertGrant(connection, before.user, grant));
  JH_ASSIGN_OR_RETURN(const StoredUser after, Get(connection, name));
  JH_RETURN_IF_ERROR(JournalChange(connection, call, before.user, after.user, ""));
  return after.user;
}

absl::StatusOr<v1::User> UserStore::Revoke(db::Connection& connection, const api::Call& call,
                                           const StoredUser& before,
                                           const auth::v1::Grant& grant) const {
  const std::string& name = before.user.name();
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kRaiseVersion, {LastSegment(name), before.version}));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kDeleteGrant,
      {LastSegment(name), grant.role(), AllianceIdOf(grant.alliance()), MemberIdOf(grant)}));
  JH_ASSIGN_OR_RETURN(const StoredUser after, Get(connection, name));
  JH_RETURN_IF_ERROR(JournalChange(connection, call, before.user, after.user, ""));
  return after.user;
}

absl::StatusOr<std::optional<SignInAccount>> UserStore::FindByLogin(
    db::Connection& connection, const std::string& login) const {
  return Find(connection, kFindByLogin, login);
}

absl::StatusOr<std::optional<SignInAccount>> UserStore::FindByName(db::Connection& connection,
                                                                   const std::string& name) const {
  return Find(connection, kFindById, LastSegment(name));
}

absl::StatusOr<bool> UserStore::CountSignIn(db::Connection& connection,
                                            const SignInAccount& account) const {
  JH_ASSIGN_OR_RETURN(const int64_t counted,
                      connection.Execute(kCountSignIn, {account.user_id, account.password_hash}));
  return counted == 1;
}

absl::Status UserStore::SetPassword(db::Connection& connection, const api::Call& call,
                                    const SignInAccount& account,
                                    const std::string& password_hash) const {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kSetPassword, {password_hash, account.user_id, account.password_hash}));
  JH_ASSIGN_OR_RETURN(const StoredUser user, Get(connection, UserName(account.user_id)));
  return JournalChange(connection, call, user.user, user.user, "");
}

absl::Status UserStore::JournalChange(db::Connection& connection, const api::Call& call,
                                      const v1::User& before, const v1::User& after,
                                      const std::string& reason) const {
  return journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before, .after = &after, .reason = reason});
}

}  // namespace jinhuan::alliance
