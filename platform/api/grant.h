#pragma once

// A header alone, so that the gateway, which links no database, may use it.

#include <algorithm>
#include <string_view>

#include "absl/time/time.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/api/time.h"

namespace jinhuan::api {

// Whether the grant holds at `now`: from its start to its end, the end not
// included; a time that is not set bounds nothing.
inline bool InForce(const auth::v1::Grant& grant, absl::Time now) {
  return (!grant.has_start_time() || FromProto(grant.start_time()) <= now) &&
         (!grant.has_expire_time() || now < FromProto(grant.expire_time()));
}

// Whether a scope (jinhuan.resource.v1, jinhuan.resource.v1.BookingService or
// jinhuan.resource.v1.BookingService/GetBooking) covers `method`, which has the
// last of these forms. Only whole parts of a name count.
inline bool ScopeCovers(std::string_view scope, std::string_view method) {
  const std::string_view service = method.substr(0, method.find('/'));
  return scope == method || scope == service || scope == service.substr(0, service.rfind('.'));
}

// Whether the grant's scopes let it call `method`; without scopes they do.
inline bool InScope(const auth::v1::Grant& grant, std::string_view method) {
  return grant.scopes().empty() ||
         std::any_of(grant.scopes().begin(), grant.scopes().end(),
                     [&](const std::string& scope) { return ScopeCovers(scope, method); });
}

}  // namespace jinhuan::api
