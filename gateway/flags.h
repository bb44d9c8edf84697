#pragma once

#include <string>

#include "absl/flags/declare.h"
#include "absl/status/statusor.h"
#include "gateway/gateway.h"

ABSL_DECLARE_FLAG(std::string, http_listen);
ABSL_DECLARE_FLAG(std::string, grpc_listen);
ABSL_DECLARE_FLAG(std::string, metrics_listen);

namespace jinhuan::gateway {

// The options of the process. The errors of config::ReadSecret for the key's file;
// INVALID_ARGUMENT for a number out of its range, and for
// certificates that can't be used.
absl::StatusOr<GatewayOptions> OptionsFromFlags();

}  // namespace jinhuan::gateway
