#pragma once

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace jinhuan::api {

// Copies the top-level fields that `mask` names from `from` to `to`, both of one
// type (AIP-134). Only fields of `updatable` may be named: INVALID_ARGUMENT /
// MASK_PATH_INVALID for another. An empty mask names every updatable field that
// is set in `from`.
absl::Status ApplyMask(const google::protobuf::FieldMask& mask,
                       const std::vector<std::string_view>& updatable,
                       const google::protobuf::Message& from, google::protobuf::Message& to);

// ABORTED / ETAG_STALE when the client sent an etag and it is not the stored
// one.
absl::Status CheckEtag(std::string_view sent, std::string_view stored, std::string_view name);

}  // namespace jinhuan::api
