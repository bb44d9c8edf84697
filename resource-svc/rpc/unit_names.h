#pragma once

#include <string>

#include "platform/api/call.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {

// What a member unit is called, for a file: as alliance-svc's journal told, or, before it
// has, as the caller's token says of its own units. Who is unknown to both is shown by its id.
inline std::string UnitName(const api::Call& call, const MemberStore::Names& names,
                            const std::string& member) {
  const std::string id = LastId(member);
  const auto name = names.find(id);
  if (name != names.end()) return name->second;
  const auth::v1::Grant* grant = call.GrantFor(member);
  if (grant != nullptr && !grant->member_display_name().empty()) {
    return grant->member_display_name();
  }
  return id;
}

}  // namespace jinhuan::resource
