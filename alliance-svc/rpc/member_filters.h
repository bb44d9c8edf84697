#pragma once

#include "absl/status/status.h"
#include "jinhuan/alliance/v1/member_service.pb.h"

namespace jinhuan::alliance {

// Whether the filters and the order of a list of members are some. Fields are told as
// ListMembers and ExportMembers both call them.
absl::Status CheckMemberFilters(const v1::ListMembersRequest& request);

// The same filters for a list.
v1::ListMembersRequest AsList(const v1::ExportMembersRequest& request);

}  // namespace jinhuan::alliance
