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
  if (wanted.empty()) return scope.acting.size() == 1 ? scope.acting.front() : "";
  const bool own =
      std::find(scope.acting.begin(), scope.acting.end(), wanted) != scope.acting.end();
  return own || scope.relation >= auth::v1::RELATION_OWN_ALLIANCE ? std::string(wanted) : "";
}

}  // namespace jinhuan::api
