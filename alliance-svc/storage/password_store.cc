#include "alliance-svc/storage/password_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/db/errors.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define COLUMNS "user_id, login, password_hash, state, must_change_password"
const db::Query kFindByLogin("SELECT " COLUMNS " FROM user WHERE login = ?", "user_by_login");
const db::Query kFindById("SELECT " COLUMNS " FROM user WHERE user_id = ?", "PRIMARY");
#undef COLUMNS
const db::Query kCountSignIn(
    "UPDATE user SET sign_ins = sign_ins + 1, last_sign_in_at = ? "
    "WHERE user_id = ? AND state = 1 AND password_hash = ?",
    "PRIMARY");
const db::Query kChange(
    "UPDATE user SET version = version + 1, password_hash = ?, password_set_at = ?, "
    "must_change_password = FALSE WHERE user_id = ? AND state = 1 AND password_hash = ?",
    "PRIMARY");
const db::Query kReset(
    "UPDATE user SET version = version + 1, password_hash = ?, password_set_at = ?, "
    "must_change_password = ? WHERE user_id = ? AND version = ? AND password_hash = ?",
    "PRIMARY");
const db::Query kHistory(
    "SELECT password_hash, seq FROM password_history WHERE user_id = ? ORDER BY seq DESC",
    "PRIMARY");
const db::Query kRemember(
    "INSERT INTO password_history (user_id, seq, password_hash) VALUES (?, ?, ?)", "");
const db::Query kForgetOld("DELETE FROM password_history WHERE user_id = ? AND seq <= ?",
                           "PRIMARY");
const db::Query kForgetAll("DELETE FROM password_history WHERE user_id = ?", "PRIMARY");

static_assert(v1::User::STATE_ACTIVE == 1);

absl::StatusOr<std::optional<SignInAccount>> Find(db::Connection& connection,
                                                  const db::Query& query, const std::string& key) {
  std::optional<SignInAccount> account;
  JH_RETURN_IF_ERROR(connection
                         .Select(query, {key},
                                 [&](const db::Row& row) {
                                   account = {.user_id = row.Text(0),
                                              .login = row.Text(1),
                                              .password_hash = row.Text(2),
                                              .active = row.Int(3) == v1::User::STATE_ACTIVE,
                                              .must_change = row.Int(4) != 0};
                                 })
                         .status());
  return account;
}

}  // namespace

absl::StatusOr<std::optional<SignInAccount>> PasswordStore::FindByLogin(
    db::Connection& connection, const std::string& login) const {
  return Find(connection, kFindByLogin, login);
}

absl::StatusOr<std::optional<SignInAccount>> PasswordStore::FindByName(
    db::Connection& connection, const std::string& name) const {
  return Find(connection, kFindById, LastSegment(name));
}

absl::StatusOr<std::vector<std::string>> PasswordStore::History(
    db::Connection& connection, const SignInAccount& account) const {
  std::vector<std::string> hashes;
  JH_RETURN_IF_ERROR(connection
                         .Select(kHistory, {account.user_id},
                                 [&](const db::Row& row) { hashes.push_back(row.Text(0)); })
                         .status());
  return hashes;
}

absl::StatusOr<bool> PasswordStore::CountSignIn(db::Connection& connection,
                                                const SignInAccount& account,
                                                absl::Time now) const {
  JH_ASSIGN_OR_RETURN(
      const int64_t counted,
      connection.Execute(kCountSignIn, {now, account.user_id, account.password_hash}));
  return counted == 1;
}

absl::StatusOr<bool> PasswordStore::Change(db::Connection& connection, const api::Call& call,
                                           const SignInAccount& account,
                                           const std::string& password_hash) const {
  const std::string name = UserName(account.user_id);
  JH_RETURN_IF_ERROR(users_.TakeTurn(connection, name));
  JH_ASSIGN_OR_RETURN(const StoredUser before, users_.Get(connection, name, call.now));
  JH_ASSIGN_OR_RETURN(const int64_t changed,
                      connection.Execute(kChange, {password_hash, call.now, account.user_id,
                                                   account.password_hash}));
  if (changed == 0) return false;
  JH_RETURN_IF_ERROR(Remember(connection, account));
  JH_ASSIGN_OR_RETURN(const StoredUser after, users_.Get(connection, name, call.now));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = name, .before = &before.user, .after = &after.user}));
  return true;
}

absl::StatusOr<v1::User> PasswordStore::Reset(db::Connection& connection, const api::Call& call,
                                              const StoredUser& before,
                                              const std::string& password_hash,
                                              bool must_change) const {
  const std::string& name = before.user.name();
  JH_ASSIGN_OR_RETURN(const auto account, FindByName(connection, name));
  if (!account.has_value()) return db::RetryTransaction();
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kReset,
                                {password_hash, call.now, must_change, account->user_id,
                                 before.version, account->password_hash}));
  JH_RETURN_IF_ERROR(Remember(connection, *account));
  JH_ASSIGN_OR_RETURN(StoredUser after, users_.Get(connection, name, call.now));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = name, .before = &before.user, .after = &after.user}));
  return std::move(after.user);
}

absl::Status PasswordStore::ForgetHistory(db::Connection& connection,
                                          const std::string& user) const {
  return connection.Execute(kForgetAll, {LastSegment(user)}).status();
}

// The row of the account is locked by now, so nobody adds a number meanwhile.
absl::Status PasswordStore::Remember(db::Connection& connection,
                                     const SignInAccount& account) const {
  if (history_ < 2) return ForgetHistory(connection, account.user_id);
  int64_t last = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kHistory, {account.user_id},
                                 [&](const db::Row& row) { last = std::max(last, row.Int(1)); })
                         .status());
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kRemember, {account.user_id, last + 1, account.password_hash}));
  return connection.Execute(kForgetOld, {account.user_id, last + 2 - history_}).status();
}

}  // namespace jinhuan::alliance
