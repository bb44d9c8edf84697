#pragma once

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::alliance {

// What ImportMembers does, see member_service.proto.
absl::StatusOr<v1::ImportMembersResponse> ImportRoster(db::Pool& pool, const Stores& stores,
                                                       IdSource& ids, const api::Call& call,
                                                       const v1::ImportMembersRequest& request);

// What ExportMembers does.
absl::StatusOr<v1::ExportMembersResponse> ExportRoster(db::Pool& pool, const Stores& stores,
                                                       const api::Call& call,
                                                       const v1::ExportMembersRequest& request);

}  // namespace jinhuan::alliance
