#pragma once

#include "platform/api/call.h"

namespace jinhuan::alliance {

// Whether the call is the street's own, in the alliance that it is about. Public
// methods, which let anyone in, ask so.
inline bool IsStreet(const api::Call& call) {
  for (const auth::v1::Grant& grant : call.caller.grants()) {
    const bool here = !call.alliance.empty() && grant.alliance() == call.alliance;
    if (here && grant.role() == auth::v1::ROLE_STREET_ADMIN) return true;
  }
  return false;
}

}  // namespace jinhuan::alliance
