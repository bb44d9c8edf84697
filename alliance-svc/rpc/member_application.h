#pragma once

#include <string>

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::alliance {

// What ApplyMember does, see member_service.proto. At most `open` applications that
// were self-filed may wait in an alliance.
absl::StatusOr<v1::Member> FileApplication(db::Pool& pool, const Stores& stores, IdSource& ids,
                                           int open, const api::Call& call,
                                           const v1::ApplyMemberRequest& request);

// What GetApplication does.
absl::StatusOr<v1::Application> FindApplication(db::Pool& pool, const Stores& stores,
                                                const api::Call& call, const std::string& receipt);

}  // namespace jinhuan::alliance
