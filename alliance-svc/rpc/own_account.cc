#include "alliance-svc/rpc/own_account.h"

#include <algorithm>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

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

}  // namespace jinhuan::alliance
