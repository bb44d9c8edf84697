#include "resource-svc/rpc/facility_checks.h"

#include "platform/api/resource_name.h"
#include "platform/status/state_wrong.h"

namespace jinhuan::resource {

absl::Status CheckOwner(const api::Call& call, const v1::Facility& facility) {
  if (call.Covers("", facility.owner())) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
}

absl::Status CheckLent(const v1::Facility& facility) {
  return CheckState(facility, {v1::Facility::STATE_ACTIVE});
}

void CheckMember(std::string_view field, const std::string& member, const std::string& alliance,
                 Violations& violations) {
  if (!api::MatchName("alliances/*/members/*", member, field, violations)) return;
  violations.Check(field, api::AllianceOf(member) == alliance, "a member of this alliance",
                   "本联盟的成员单位");
}

void CheckAudience(const v1::Window& window, const std::string& alliance, Violations& violations) {
  for (const std::string& member : window.audience_members()) {
    CheckMember("window.audience_members", member, alliance, violations);
  }
}

}  // namespace jinhuan::resource
