#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace jinhuan::gateway::codec {

// The binary form of a JSON message (the proto3 JSON mapping; an empty text is an
// empty message). Unknown fields are errors, so that a typing error is seen.
// INVALID_ARGUMENT / MALFORMED_BODY with the parser's words on what is wrong, and
// with the field where they name one.
absl::StatusOr<std::string> FromJson(const google::protobuf::Descriptor& type,
                                     std::string_view json);

// The JSON form of a binary message: lowerCamelCase names, default values left out.
// INTERNAL when `binary` is not a message of `type`.
absl::StatusOr<std::string> ToJson(const google::protobuf::Descriptor& type,
                                   const std::string& binary);

// OK when `binary` is a message of `type`; INVALID_ARGUMENT / MALFORMED_BODY
// otherwise.
absl::Status CheckBinary(const google::protobuf::Descriptor& type, const std::string& binary);

}  // namespace jinhuan::gateway::codec
