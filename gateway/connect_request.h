#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/message.h"

namespace jinhuan::gateway {

// The largest request message, in bytes, uncompressed: a file of 3 MiB as JSON has it,
// in base64, with the fields beside it.
inline constexpr size_t kMaxBodyBytes = (4 << 20) + (64 << 10);

// What a client said in a Connect unary request.
struct ConnectRequest {
  bool json = true;  // the codec of request and answer
  std::string message;
};

// Whether a Content-Type is one of a Connect unary request; sets `json`.
bool IsConnectContent(std::string_view content_type, bool& json);

// The media type of a Content-Type, in lower case, without parameters.
std::string MediaType(std::string_view content_type);

// Holds the place of `bytes` for what is kept of a request until it is answered.
// RESOURCE_EXHAUSTED / OVERLOADED where those under way leave no room for them.
absl::Status HoldBody(const http::Request& request, size_t bytes);

// Reads a POST whose content type IsConnectContent, or a GET, and undoes its
// compression; holds the place of what it gives. INVALID_ARGUMENT / MALFORMED_BODY,
// FIELD_REQUIRED, FIELD_INVALID; RESOURCE_EXHAUSTED / BODY_TOO_LARGE, OVERLOADED; UNIMPLEMENTED /
// COMPRESSION_UNKNOWN.
absl::StatusOr<ConnectRequest> ReadPost(http::Request& request, bool json);
absl::StatusOr<ConnectRequest> ReadGet(const http::Request& request);

// The timeout of a Connect-Timeout-Ms header: 1 to 10 digits; nothing for an empty
// one. INVALID_ARGUMENT / FIELD_INVALID otherwise.
absl::StatusOr<std::optional<absl::Duration>> ReadTimeout(std::string_view header);

}  // namespace jinhuan::gateway
