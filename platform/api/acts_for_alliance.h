#pragma once

#include "platform/api/call.h"

namespace jinhuan::api {

// Whether the roles that let the caller in reach its whole alliance: the street's, or a program's
// that acts for it. Of methods that let anyone in, the roles say nothing.
inline bool ActsForAlliance(const Call& call) {
  return call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE;
}

}  // namespace jinhuan::api
