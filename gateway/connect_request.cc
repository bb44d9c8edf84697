#include "gateway/connect_request.h"

#include <charconv>

#include "gateway/compression.h"
#include "gateway/error_json.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

absl::Status Invalid(std::string_view field, std::string_view rule, std::string_view rule_zh) {
  Violations violations;
  violations.Check(field, false, rule, rule_zh);
  return violations.ToStatus();
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

absl::StatusOr<std::string> Decompress(std::string body, std::string_view coding) {
  if (coding.empty() || coding == "identity") {
    if (body.size() > kMaxBodyBytes) return BodyTooLarge(kMaxBodyBytes);
    return body;
  }
  // Connect: an empty body is not compressed whatever the header says.
  if (coding == "gzip") return body.empty() ? body : Gunzip(body, kMaxBodyBytes);
  return CompressionUnknown();
}

}  // namespace

std::string MediaType(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (!content_type.empty() && content_type.back() == ' ') content_type.remove_suffix(1);
  return Lower(content_type);
}

bool IsConnectContent(std::string_view content_type, bool& json) {
  const std::string type = MediaType(content_type);
  json = type == "application/json";
  return json || type == "application/proto";
}

absl::Status HoldBody(const http::Request& request, size_t bytes) {
  if (request.share == nullptr || request.share->Hold(bytes)) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_OVERLOADED);
}

absl::StatusOr<ConnectRequest> ReadPost(http::Request& request, bool json) {
  if (request.body_too_large) return BodyTooLarge(kMaxBodyBytes);
  const std::string_view version = request.Get("connect-protocol-version");
  if (!version.empty() && version != "1") {
    return Invalid("connect-protocol-version", "1", "1");
  }
  ConnectRequest result;
  result.json = json;
  JH_ASSIGN_OR_RETURN(result.message,
                      Decompress(std::move(request.body), request.Get("content-encoding")));
  JH_RETURN_IF_ERROR(HoldBody(request, result.message.size()));
  return result;
}

absl::StatusOr<ConnectRequest> ReadGet(const http::Request& request) {
  const auto parameter = [&](std::string_view name) {
    return http::QueryParameter(request.query, name);
  };
  const auto version = parameter("connect");
  if (version.has_value() && *version != "v1") return Invalid("connect", "v1", "v1");
  const auto encoding = parameter("encoding");
  if (encoding != "json" && encoding != "proto") {
    return Invalid("encoding", "json or proto", "json 或 proto");
  }
  std::optional<std::string> message = parameter("message");
  if (!message.has_value()) {
    Violations violations;
    violations.Require("message", false);
    return violations.ToStatus();
  }
  const auto base64 = parameter("base64");
  if (base64 == "1") {
    std::string bytes;
    if (!FromBase64(*message, bytes)) {
      return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", "message is not base64"}});
    }
    message = std::move(bytes);
  }
  ConnectRequest result;
  result.json = encoding == "json";
  JH_ASSIGN_OR_RETURN(result.message,
                      Decompress(*std::move(message), parameter("compression").value_or("")));
  JH_RETURN_IF_ERROR(HoldBody(request, result.message.size()));
  return result;
}

absl::StatusOr<std::optional<absl::Duration>> ReadTimeout(std::string_view header) {
  if (header.empty()) return std::optional<absl::Duration>();
  int64_t ms = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), ms);
  if (header.size() > 10 || error != std::errc() || end != header.data() + header.size() ||
      ms < 0 || header.front() == '-') {
    return Invalid("connect-timeout-ms", "1 to 10 digits", "1 至 10 位数字");
  }
  return std::make_optional(absl::Milliseconds(ms));
}

}  // namespace jinhuan::gateway
