#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http2/connection.h"

namespace jinhuan::gateway {

// What gRPC says in heads and trailers (grpc/doc/PROTOCOL-HTTP2.md).

inline constexpr char kGrpcContentType[] = "application/grpc";

// Whether a head begins a gRPC call.
bool IsGrpc(const http2::Fields& head);

// A grpc-timeout: 1 to 8 digits and a unit; nothing for an empty one. INVALID_ARGUMENT /
// FIELD_INVALID otherwise.
absl::StatusOr<std::optional<absl::Duration>> ReadGrpcTimeout(std::string_view text);
// The same the other way round, rounded up to what it can say.
std::string GrpcTimeout(absl::Duration timeout);

// A status as the fields grpc-status, grpc-message and grpc-status-details-bin.
http2::Fields FieldsOf(const grpc::Status& status);
// The status in trailers; UNKNOWN when they have none.
grpc::Status StatusIn(const http2::Fields& trailers);

}  // namespace jinhuan::gateway
