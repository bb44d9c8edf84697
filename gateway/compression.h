#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::gateway {

// Bytes of a message from which compression is worth its time.
inline constexpr size_t kCompressFrom = 1024;

// gzip (RFC 1952).
std::string Gzip(std::string_view content);

// The content of a gzip member. INVALID_ARGUMENT / MALFORMED_BODY when it is
// broken or cut short, RESOURCE_EXHAUSTED / BODY_TOO_LARGE as soon as it grows
// beyond `limit` bytes, however small it came.
absl::StatusOr<std::string> Gunzip(std::string_view compressed, size_t limit);

// The error for a compression other than those `known`: UNIMPLEMENTED / COMPRESSION_UNKNOWN.
absl::Status CompressionUnknown(const char* known = "gzip");

// The error for a body above `limit` bytes.
absl::Status BodyTooLarge(size_t limit);

}  // namespace jinhuan::gateway
