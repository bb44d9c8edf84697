#pragma once

#include <string>
#include <string_view>

#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/storage/meeting_store.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {

// The meeting that `name` names. INVALID_ARGUMENT / NAME_INVALID, FIELD_REQUIRED at `field`.
inline absl::StatusOr<MeetingKey> KeyOf(const std::string& name, std::string_view field) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName("alliances/*/meetings/*", name, field));
  return MeetingKey{ids[0], ids[1]};
}

// For whom a call reads, acting for `unit`.
inline Viewer ViewerOf(const api::Call& call, std::string_view unit) {
  const auto ids = api::MatchName("alliances/*/members/*", unit);
  return {.sees_drafts = SeesDrafts(call.caller, call.alliance),
          .member_id = ids.has_value() ? ids->at(1) : ""};
}

inline Viewer ViewerOf(const api::Call& call) { return ViewerOf(call, call.ActingUnit("")); }

}  // namespace jinhuan::meeting
