#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/user_service.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// A user as it was read, with the version that a change of it compares.
struct StoredUser {
  v1::User user;  // with all its grants, also of members that are not ACTIVE
  int64_t version = 0;
};

// What signing in needs to know of an account.
struct SignInAccount {
  std::string user_id;
  std::string login;
  std::string password_hash;
  bool active = false;
};

// Every statement on the tables `user`, `user_grant` and `bootstrap`. Changes compare the
// version of the user that was read, and retry the transaction when someone else
// changed the user, a grant of it or its password meanwhile. Thread-safe.
class UserStore {
 public:
  explicit UserStore(journal::Journal& journal) : journal_(journal) {}

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<StoredUser> Get(db::Connection& connection, const std::string& name) const;

  // Up to page.limit() users by login.
  absl::StatusOr<std::vector<v1::User>> List(db::Connection& connection,
                                             const api::Page& page) const;

  // Whether there is any user.
  absl::StatusOr<bool> Any(db::Connection& connection) const;

  // As Any, behind a row that lets only one transaction after the other ask.
  absl::StatusOr<bool> AnyInTurn(db::Connection& connection) const;

  // Creates `user` under its name, with its grants. ALREADY_EXISTS /
  // LOGIN_TAKEN when the login is taken.
  absl::StatusOr<v1::User> Insert(db::Connection& connection, const api::Call& call, v1::User user,
                                  const std::string& password_hash) const;

  // Sets the state to DISABLED.
  absl::StatusOr<v1::User> Disable(db::Connection& connection, const api::Call& call,
                                   const StoredUser& before, const std::string& reason) const;

  // Adds a grant that the user does not hold; removes one that it holds.
  absl::StatusOr<v1::User> Grant(db::Connection& connection, const api::Call& call,
                                 const StoredUser& before, const auth::v1::Grant& grant) const;
  absl::StatusOr<v1::User> Revoke(db::Connection& connection, const api::Call& call,
                                  const StoredUser& before, const auth::v1::Grant& grant) const;

  // The account with this login, or with this name; nothing when there is none.
  absl::StatusOr<std::optional<SignInAccount>> FindByLogin(db::Connection& connection,
                                                           const std::string& login) const;
  absl::StatusOr<std::optional<SignInAccount>> FindByName(db::Connection& connection,
                                                          const std::string& name) const;

  // Takes a sign-in's place in the order of changes of the account: true when
  // the account is still ACTIVE and its password the one that was verified.
  absl::StatusOr<bool> CountSignIn(db::Connection& connection, const SignInAccount& account) const;

  // Replaces the password that was verified. Retries the transaction when it is
  // no longer the one stored.
  absl::Status SetPassword(db::Connection& connection, const api::Call& call,
                           const SignInAccount& account, const std::string& password_hash) const;

 private:
  absl::Status JournalChange(db::Connection& connection, const api::Call& call,
                             const v1::User& before, const v1::User& after,
                             const std::string& reason) const;

  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
