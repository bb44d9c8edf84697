#include "platform/api/call.h"

#include <algorithm>

namespace jinhuan::api {

bool Call::Covers(std::string_view user, std::string_view member) const {
  switch (scope.relation) {
    case auth::v1::RELATION_ANY:
    case auth::v1::RELATION_OWN_ALLIANCE:
      return true;
    case auth::v1::RELATION_OWN_UNIT:
      if (std::find(scope.units.begin(), scope.units.end(), member) != scope.units.end()) {
        return true;
      }
      [[fallthrough]];
    case auth::v1::RELATION_SELF:
      return !user.empty() && user == caller.name();
    default:
      return false;
  }
}

const auth::v1::Grant* Call::GrantFor(std::string_view member) const {
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (!member.empty() && grant.member() == member) return &grant;
  }
  return nullptr;
}

std::string Call::ActingUnit(std::string_view wanted) const {
  if (!wanted.empty()) {
    const bool street = scope.relation >= auth::v1::RELATION_OWN_ALLIANCE;
    return street || GrantFor(wanted) != nullptr ? std::string(wanted) : "";
  }
  std::string only;
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (grant.member().empty() || grant.alliance() != alliance || grant.member() == only) continue;
    if (!only.empty()) return "";
    only = grant.member();
  }
  return only;
}

}  // namespace jinhuan::api
