#include "alliance-svc/rpc/bootstrap.h"

#include "absl/time/clock.h"
#include "alliance-svc/storage/names.h"
#include "platform/config.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

api::Call BootstrapCall(IdSource& ids, const Clock& clock) {
  api::Call call;
  call.method = "alliance-svc/bootstrap";
  call.request = ids.NewId();
  call.caller.set_name("services/alliance-svc");
  call.now = clock.Now();
  call.deadline = absl::Now() + absl::Seconds(30);
  return call;
}

v1::User FirstUser(const BootstrapAccount& account, const AccountOptions& options, IdSource& ids) {
  v1::User user;
  user.set_name(UserName(ids.NewId()));
  user.set_login(account.login);
  user.set_display_name(account.display_name);
  user.set_state(v1::User::STATE_ACTIVE);
  user.set_must_change_password(options.change_first_password);
  user.add_grants()->set_role(account.role);
  return user;
}

}  // namespace

absl::Status BootstrapFromFile(db::Pool& pool, const UserStore& users, PasswordHasher& hasher,
                               IdSource& ids, const Clock& clock, const AccountOptions& options,
                               const std::string& path) {
  JH_ASSIGN_OR_RETURN(const bool any, db::Read<bool>(pool, BootstrapCall(ids, clock).deadline,
                                                     [&](db::Connection& connection) {
                                                       return users.Any(connection);
                                                     }));
  if (any) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const std::string text, config::ReadSecret(path));
  JH_ASSIGN_OR_RETURN(const auto accounts, ParseBootstrapFile(text, options.passwords));
  return Bootstrap(pool, users, hasher, ids, clock, options, accounts);
}

absl::Status Bootstrap(db::Pool& pool, const UserStore& users, PasswordHasher& hasher,
                       IdSource& ids, const Clock& clock, const AccountOptions& options,
                       const std::vector<BootstrapAccount>& accounts) {
  const api::Call call = BootstrapCall(ids, clock);
  std::vector<std::string> hashes;
  for (const BootstrapAccount& account : accounts) {
    JH_ASSIGN_OR_RETURN(hashes.emplace_back(), hasher.Hash(account.password, call.deadline));
  }
  return db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const bool installed, users.AnyInTurn(connection));
    if (installed) return absl::OkStatus();
    for (size_t i = 0; i < accounts.size(); ++i) {
      JH_RETURN_IF_ERROR(
          users.Insert(connection, call, FirstUser(accounts[i], options, ids), hashes[i]).status());
    }
    return absl::OkStatus();
  });
}

}  // namespace jinhuan::alliance
