#pragma once

#include <grpcpp/support/status.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace jinhuan::gateway {

// The name of an error's code in the Connect protocol: "invalid_argument".
std::string_view ConnectCode(absl::StatusCode code);

// The HTTP status that the Connect protocol gives an error's code.
int HttpStatus(absl::StatusCode code);

// The body of an answer that is an error, by the Connect protocol: code, message,
// and each detail, in its order, with its type, its value as unpadded base64 and, where the type
// is known here, as JSON under "debug" for people to read.
std::string ErrorJson(const grpc::Status& status);

}  // namespace jinhuan::gateway
