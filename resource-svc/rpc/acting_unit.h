#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "resource-svc/storage/member_store.h"

namespace jinhuan::resource {

inline constexpr char kMemberPattern[] = "alliances/*/members/*";

// The unit that the caller acts for: `wanted` (the street: any), or its only one when
// that is empty. INVALID_ARGUMENT / FIELD_REQUIRED at `field` when it must say which;
// PERMISSION_DENIED / ROLE_REQUIRED for a unit that is not its own.
inline absl::StatusOr<std::string> ActingUnit(const api::Call& call, const std::string& wanted,
                                              std::string_view field) {
  std::string unit = call.ActingUnit(wanted);
  if (!unit.empty()) return unit;
  if (!wanted.empty()) {
    return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
  }
  Violations violations;
  violations.Require(field, false);
  return violations.ToStatus();
}

// Whether the caller's token names the unit as its own, which it does for active ones alone; only
// the street names another.
inline bool IsOwn(const api::Call& call, const std::string& unit) {
  return call.GrantFor(unit) != nullptr;
}

// FAILED_PRECONDITION / STATE_WRONG, NOT_FOUND / RESOURCE_NOT_FOUND unless the unit, which the
// street may have named, is an active one.
inline absl::Status CheckActiveUnit(db::Connection& connection, const api::Call& call,
                                    MemberStore& members, const std::string& unit) {
  return IsOwn(call, unit) ? absl::OkStatus() : members.CheckActive(connection, unit);
}

// Adds what is wrong with a name of something of the caller's alliance; an empty one is
// not given.
inline void CheckOwnName(const api::Call& call, const char* pattern, const std::string& name,
                         std::string_view field, Violations& violations) {
  if (name.empty() || !api::MatchName(pattern, name, field, violations)) return;
  violations.Check(field, api::AllianceOf(name) == call.alliance, "of this alliance",
                   "本联盟的条目");
}

}  // namespace jinhuan::resource
