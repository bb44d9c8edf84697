#include "platform/rpc/access.h"

#include <algorithm>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/grant.h"
#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

bool Counts(const auth::v1::Grant& grant, std::string_view method, absl::Time now) {
  return api::InForce(grant, now) && api::InScope(grant, method);
}

// How far those grants of the caller reach that count.
api::Scope ScopeOf(const auth::v1::Access& access, const auth::v1::Caller& caller,
                   const AccessRequest& request) {
  api::Scope scope;
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (!Counts(grant, request.method, request.now)) continue;
    const bool here = !request.alliance.empty() && grant.alliance() == request.alliance;
    for (const auth::v1::Rule& rule : access.allow()) {
      if (rule.role() != grant.role()) continue;
      if (rule.relation() != auth::v1::RELATION_ANY && !here) continue;
      scope.relation = std::max(scope.relation, rule.relation());
      if (rule.relation() == auth::v1::RELATION_OWN_UNIT) scope.units.push_back(grant.member());
      if (!grant.member().empty()) scope.acting.push_back(grant.member());
    }
  }
  std::sort(scope.acting.begin(), scope.acting.end());
  scope.acting.erase(std::unique(scope.acting.begin(), scope.acting.end()), scope.acting.end());
  return scope;
}

}  // namespace

bool Allows(const auth::v1::Access& access, auth::v1::Role role) {
  return std::any_of(access.allow().begin(), access.allow().end(),
                     [role](const auth::v1::Rule& rule) { return rule.role() == role; });
}

void DropIdleGrants(auth::v1::Caller& caller, std::string_view method, absl::Time now) {
  auto& grants = *caller.mutable_grants();
  grants.erase(
      std::remove_if(grants.begin(), grants.end(),
                     [&](const auth::v1::Grant& grant) { return !Counts(grant, method, now); }),
      grants.end());
}

absl::StatusOr<api::Scope> CheckAccess(const auth::v1::Access& access,
                                       const auth::v1::Caller& caller,
                                       const AccessRequest& request) {
  if (access.public_()) return api::Scope();
  if (caller.name().empty()) return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  const bool in_scope = std::all_of(
      caller.grants().begin(), caller.grants().end(),
      [&](const auth::v1::Grant& grant) { return api::InScope(grant, request.method); });
  api::Scope scope = ScopeOf(access, caller, request);
  if (access.signed_in() && in_scope) {
    scope.relation = std::max(scope.relation, auth::v1::RELATION_SELF);
  }
  if (scope.relation != auth::v1::RELATION_UNSPECIFIED) return scope;
  bool role_fits = false;
  bool somebody_here = false;
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (!Counts(grant, request.method, request.now)) continue;
    role_fits = role_fits || Allows(access, grant.role());
    somebody_here = somebody_here || grant.alliance() == request.alliance;
  }
  if (role_fits && !request.alliance.empty() && !somebody_here) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND,
                 {{"name", std::string(request.resource)}});
  }
  return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", std::string(request.method)}});
}

}  // namespace jinhuan::rpc
