#include "alliance-svc/rpc/own_account.h"

#include <algorithm>

#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {

bool Holds(const api::Call& call, auth::v1::Role role) {
  return std::any_of(call.caller.grants().begin(), call.caller.grants().end(),
                     [role](const auth::v1::Grant& grant) { return grant.role() == role; });
}

absl::Status RequireOwnAccount(const api::Call& call, const std::string& user) {
  if (user == call.caller.name() || Holds(call, auth::v1::ROLE_SYSTEM_ADMIN)) {
    return absl::OkStatus();
  }
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", user}});
}

absl::Status RequireOwnPassword(db::Connection& connection, const Stores& stores,
                                const api::Call& call) {
  JH_RETURN_IF_ERROR(stores.users.TakeTurn(connection, call.caller.name()));
  JH_ASSIGN_OR_RETURN(const ResolvedCredential session,
                      stores.credentials.Resolve(connection, call.credential_id, call.now));
  if (!session.password_change_required) return absl::OkStatus();
  return Error(v1::ERROR_REASON_PASSWORD_CHANGE_REQUIRED);
}

absl::Status EndLinks(db::Connection& connection, const Stores& stores, const std::string& user) {
  JH_RETURN_IF_ERROR(stores.calendar_links.Delete(connection, user));
  return stores.sign_on.Delete(connection, user);
}

}  // namespace jinhuan::alliance
