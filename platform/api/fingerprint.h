#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace jinhuan::api {

// SHA-256 (32 bytes) of a request without the named top-level fields; equal for
// equal requests whatever order they were built in.
std::string Fingerprint(const google::protobuf::Message& request,
                        const std::vector<std::string_view>& without);

}  // namespace jinhuan::api
