#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/storage/user_store.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// What signing in needs to know of an account.
struct SignInAccount {
  std::string user_id;
  std::string login;
  std::string password_hash;
  bool active = false;
  bool must_change = false;  // someone else chose the password, and may know it
};

// Every statement on passwords: theirs are columns of `user`, and the table
// `password_history`. Thread-safe.
class PasswordStore {
 public:
  // `history`: how many passwords, with the one in force, are remembered.
  PasswordStore(journal::Journal& journal, const UserStore& users, int history)
      : journal_(journal), users_(users), history_(history) {}

  // The account with this login, or with this name; nothing when there is none.
  absl::StatusOr<std::optional<SignInAccount>> FindByLogin(db::Connection& connection,
                                                           const std::string& login) const;
  absl::StatusOr<std::optional<SignInAccount>> FindByName(db::Connection& connection,
                                                          const std::string& name) const;

  // The hashes of the passwords before the one in force, the latest first.
  absl::StatusOr<std::vector<std::string>> History(db::Connection& connection,
                                                   const SignInAccount& account) const;

  // Takes a sign-in's place in the order of changes of the account: true when
  // the account is still ACTIVE and its password the one that was verified.
  absl::StatusOr<bool> CountSignIn(db::Connection& connection, const SignInAccount& account,
                                   absl::Time now) const;

  // Replaces the password that was verified by the account's own choice: true, or
  // false when it is no longer the one in force or the account not ACTIVE.
  absl::StatusOr<bool> Change(db::Connection& connection, const api::Call& call,
                              const SignInAccount& account, const std::string& password_hash) const;

  // Gives the account, as it was read, a password of another's choice. Retries the
  // transaction when someone else changed the account meanwhile.
  absl::StatusOr<v1::User> Reset(db::Connection& connection, const api::Call& call,
                                 const StoredUser& before, const std::string& password_hash,
                                 bool must_change) const;

  // Forgets the passwords that were. Part of erasing the account.
  absl::Status ForgetHistory(db::Connection& connection, const std::string& user) const;

 private:
  absl::Status Remember(db::Connection& connection, const SignInAccount& account) const;

  journal::Journal& journal_;
  const UserStore& users_;
  const int history_;
};

}  // namespace jinhuan::alliance
