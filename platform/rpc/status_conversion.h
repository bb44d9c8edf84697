#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace jinhuan::rpc {

// The gRPC status of `status`, with its google.* payloads as the details of a
// google.rpc.Status.
grpc::Status ToGrpc(const absl::Status& status);

// The other way round.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace jinhuan::rpc
