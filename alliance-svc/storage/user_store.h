#pragma once

#include <string>
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

// Every statement on accounts and their grants: the tables `user`, but for what
// PasswordStore does, `user_grant`, `bootstrap` and `administrator_turn`. Changes
// compare the version of the user that was read, and retry the transaction when
// someone else changed the user, a grant of it or its password meanwhile. The phone
// number is personal data: it goes in, but what comes out, into answers and the
// journal, is masked. Thread-safe.
class UserStore {
 public:
  // `password_max_age`: after how long a password must be changed.
  UserStore(journal::Journal& journal, absl::Duration password_max_age)
      : journal_(journal), password_max_age_(password_max_age) {}

  // As things are at `now`. NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<StoredUser> Get(db::Connection& connection, const std::string& name,
                                 absl::Time now) const;

  // Up to page.limit() users that the request's filters find, by login.
  absl::StatusOr<std::vector<v1::User>> List(db::Connection& connection,
                                             const v1::ListUsersRequest& request,
                                             const api::Page& page, absl::Time now) const;

  // Whether there is any user.
  absl::StatusOr<bool> Any(db::Connection& connection) const;

  // As Any, behind a row that lets only one transaction after the other ask.
  absl::StatusOr<bool> AnyInTurn(db::Connection& connection) const;

  // Creates `user` under its name, with its grants; must_change_password as it is
  // set there. ALREADY_EXISTS / LOGIN_TAKEN when the login is taken.
  absl::StatusOr<v1::User> Insert(db::Connection& connection, const api::Call& call, v1::User user,
                                  const std::string& password_hash) const;

  // Sets the state.
  absl::StatusOr<v1::User> SetState(db::Connection& connection, const api::Call& call,
                                    const StoredUser& before, v1::User::State state,
                                    const std::string& reason) const;

  // Sets display name and phone to those of `after`; a phone equal to the masked one
  // that was read stays what it is.
  absl::StatusOr<v1::User> Update(db::Connection& connection, const api::Call& call,
                                  const StoredUser& before, v1::User after) const;

  // Adds a grant that the user does not hold; removes one that it holds.
  absl::StatusOr<v1::User> Grant(db::Connection& connection, const api::Call& call,
                                 const StoredUser& before, const auth::v1::Grant& grant) const;
  absl::StatusOr<v1::User> Revoke(db::Connection& connection, const api::Call& call,
                                  const StoredUser& before, const auth::v1::Grant& grant) const;

  // Replaces what is personal and takes all grants away, for good; the state becomes
  // ERASED. The journal gets neither the login nor the name that were.
  absl::StatusOr<v1::User> Erase(db::Connection& connection, const api::Call& call,
                                 const StoredUser& before, const std::string& reason) const;

  // To be called first by a change that goes by whose password the account has: what
  // changes that comes before it or after it.
  absl::Status TakeTurn(db::Connection& connection, const std::string& name) const;

  // To be called first by a change that may take an administrator's role from
  // someone: such changes then come one after the other.
  absl::Status TakeAdministratorTurn(db::Connection& connection) const;

  // FAILED_PRECONDITION / LAST_ADMINISTRATOR when `user`, if ACTIVE, is the only ACTIVE
  // account with `role`, one of the three administrators; any other role is fine. For
  // after TakeAdministratorTurn.
  absl::Status CheckNotLast(db::Connection& connection, const v1::User& user,
                            auth::v1::Role role) const;

 private:
  StoredUser FromRow(const db::Row& row, absl::Time now) const;
  absl::StatusOr<v1::User> ReadChanged(db::Connection& connection, const api::Call& call,
                                       const StoredUser& before, const std::string& reason) const;

  journal::Journal& journal_;
  const absl::Duration password_max_age_;
};

}  // namespace jinhuan::alliance
