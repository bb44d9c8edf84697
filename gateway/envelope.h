#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::gateway {

// A message with its five bytes before it, as gRPC, gRPC-Web and Connect's streams have
// it: a byte of flags, and the length in four, the highest first.
struct Envelope {
  static constexpr uint8_t kCompressed = 0x01;
  static constexpr uint8_t kEndOfStream = 0x02;  // Connect: the last, of JSON
  static constexpr uint8_t kTrailers = 0x80;     // gRPC-Web: the last, of headers

  uint8_t flags = 0;
  std::string message;
};

std::string Seal(uint8_t flags, std::string_view message);

// The error of a request with no message or several where the method takes one:
// UNIMPLEMENTED, as Connect and gRPC have it.
absl::Status NotOneMessage();

// The one message of a request that holds exactly one, its compression undone, at most
// `limit` bytes; `gzip`: whether the client said that it compresses so. INVALID_ARGUMENT /
// MALFORMED_BODY, RESOURCE_EXHAUSTED / BODY_TOO_LARGE, NotOneMessage, INTERNAL for one that is
// compressed though the client did not say so (as grpc/doc/compression.md has it).
absl::StatusOr<std::string> OpenOnly(std::string_view body, bool gzip, size_t limit);

}  // namespace jinhuan::gateway
