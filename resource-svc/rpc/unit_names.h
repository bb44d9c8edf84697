#pragma once

#include <string>

#include "platform/api/call.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {

// What a member unit is called, for a file. This service knows what the caller's token
// says of the caller's own units; another one is shown by its id.
inline std::string UnitName(const api::Call& call, const std::string& member) {
  const auth::v1::Grant* grant = call.GrantFor(member);
  if (grant != nullptr && !grant->member_display_name().empty()) {
    return grant->member_display_name();
  }
  return LastId(member);
}

}  // namespace jinhuan::resource
