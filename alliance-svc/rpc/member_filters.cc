#include "alliance-svc/rpc/member_filters.h"

#include "platform/api/resource_name.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

absl::Status CheckMemberFilters(const v1::ListMembersRequest& request) {
  Violations violations;
  const auto listed = [&](std::string_view field, bool valid) {
    violations.Check(field, valid, "one of the listed values", "所列选项之一");
  };
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  listed("state", v1::Member::State_IsValid(request.state()));
  listed("sector", v1::Sector_IsValid(request.sector()));
  listed("tier", v1::Tier_IsValid(request.tier()));
  listed("order", v1::MemberOrder_IsValid(request.order()));
  violations.CheckText("query", request.query(), 0, 60);
  violations.CheckText("joint_branch", request.joint_branch(), 0, 60);
  return violations.ToStatus();
}

v1::ListMembersRequest AsList(const v1::ExportMembersRequest& request) {
  v1::ListMembersRequest list;
  list.set_parent(request.parent());
  list.set_state(request.state());
  list.set_sector(request.sector());
  list.set_query(request.query());
  list.set_tier(request.tier());
  list.set_joint_branch(request.joint_branch());
  list.set_order(request.order());
  return list;
}

}  // namespace jinhuan::alliance
