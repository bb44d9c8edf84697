#include "gateway/dialect.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "gateway/codec.h"
#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/envelope.h"
#include "gateway/error_json.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kCompressFrom = 1024;
constexpr size_t kMaxTimeoutDigits = 8;  // gRPC over HTTP/2, "Timeout"

// base64 with padding, which gRPC-Web's text has: pieces of it are joined.
std::string PaddedBase64(std::string_view bytes) {
  std::string text = Base64(bytes);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

// Pieces of base64, each with padding of its own, as bytes. False when they are none.
bool FromPieces(std::string_view text, std::string& bytes) {
  while (!text.empty()) {
    size_t end = text.find('=');
    end = end == std::string_view::npos ? text.size() : text.find_first_not_of('=', end);
    std::string piece;
    if (!FromBase64(text.substr(0, end), piece)) return false;
    bytes += piece;
    text = end >= text.size() ? std::string_view() : text.substr(end);
  }
  return true;
}

// A grpc-message: anything but printable ASCII is percent-encoded, and "%" too.
std::string PercentEncoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte <= 0x7E && c != '%') {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
    }
  }
  return out;
}

std::optional<absl::Duration> UnitOf(char unit) {
  switch (unit) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

absl::StatusOr<std::optional<absl::Duration>> ReadGrpcTimeout(std::string_view header) {
  if (header.empty()) return std::optional<absl::Duration>();
  const auto unit = UnitOf(header.back());
  header.remove_suffix(1);
  int64_t count = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), count);
  if (!unit.has_value() || header.empty() || header.size() > kMaxTimeoutDigits ||
      error != std::errc() || end != header.data() + header.size() || count < 0) {
    Violations violations;
    violations.Check("grpc-timeout", false, "1 to 8 digits and a unit", "1 至 8 位数字加单位");
    return violations.ToStatus();
  }
  return std::make_optional(count * *unit);
}

// The values of each name, in order, as header fields have them.
std::map<std::string, std::vector<std::string>> ByName(const CallMetadata& metadata) {
  std::vector<http::Header> headers;
  AppendHeaders(metadata, "", headers);
  std::map<std::string, std::vector<std::string>> names;
  for (http::Header& header : headers) names[header.name].push_back(std::move(header.value));
  return names;
}

// {"name": ["value", ...]}, as the last envelope of a Connect stream has it.
std::string MetadataJson(const CallMetadata& metadata) {
  std::string json;
  for (const auto& [name, values] : ByName(metadata)) {
    if (!json.empty()) json += ',';
    log::AppendJsonString(name, json);
    for (size_t i = 0; i < values.size(); ++i) {
      json += i == 0 ? ":[" : ",";
      log::AppendJsonString(values[i], json);
    }
    json += ']';
  }
  return "{" + json + "}";
}

}  // namespace

std::optional<Dialect> Dialect::Of(const http::Request& request) {
  const std::string type = MediaType(request.Get("content-type"));
  Dialect dialect;
  dialect.web_ = type.starts_with("application/grpc-web");
  if (dialect.web_) {
    dialect.text_ = type.starts_with("application/grpc-web-text");
    const std::string_view rest = std::string_view(type).substr(
        dialect.text_ ? sizeof "application/grpc-web-text" - 1 : sizeof "application/grpc-web" - 1);
    if (!rest.empty() && rest != "+proto") return std::nullopt;
    dialect.content_type_ =
        dialect.text_ ? "application/grpc-web-text+proto" : "application/grpc-web+proto";
  } else if (type == "application/connect+json" || type == "application/connect+proto") {
    dialect.json_ = type.ends_with("json");
    dialect.content_type_ = type;
  } else {
    return std::nullopt;
  }
  dialect.gzip_ = http::AcceptsCoding(
      request.Get(dialect.web_ ? "grpc-accept-encoding" : "connect-accept-encoding"), "gzip");
  dialect.request_coding_ =
      request.Get(dialect.web_ ? "grpc-encoding" : "connect-content-encoding");
  return dialect;
}

absl::StatusOr<std::string> Dialect::ReadOnly(const google::protobuf::Descriptor& type,
                                              const http::Request& request) const {
  if (request.body_too_large) return BodyTooLarge(kMaxBodyBytes);
  if (!request_coding_.empty() && request_coding_ != "gzip" && request_coding_ != "identity") {
    return absl::UnimplementedError("messages may be compressed with gzip alone");
  }
  std::string decoded;
  if (text_ && !FromPieces(request.body, decoded)) {
    return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", "the body is not base64"}});
  }
  JH_ASSIGN_OR_RETURN(std::string message, OpenOnly(text_ ? decoded : request.body,
                                                    request_coding_ == "gzip", kMaxBodyBytes));
  if (json_) return codec::FromJson(type, message);
  JH_RETURN_IF_ERROR(codec::CheckBinary(type, message));
  return message;
}

absl::StatusOr<std::optional<absl::Duration>> Dialect::Timeout(const http::Request& request) const {
  return web_ ? ReadGrpcTimeout(request.Get("grpc-timeout"))
              : ReadTimeout(request.Get("connect-timeout-ms"));
}

http::Response Dialect::Head(const CallMetadata& leading) const {
  http::Response response;
  response.headers = {{"Content-Type", content_type_}, {"Cache-Control", "no-store"}};
  if (gzip_) {
    response.headers.push_back({web_ ? "grpc-encoding" : "connect-content-encoding", "gzip"});
  }
  AppendHeaders(leading, "", response.headers);
  return response;
}

std::string Dialect::Sealed(uint8_t flags, std::string_view message) const {
  std::string sealed = gzip_ && message.size() >= kCompressFrom
                           ? Seal(flags | Envelope::kCompressed, Gzip(message))
                           : Seal(flags, message);
  return text_ ? PaddedBase64(sealed) : sealed;
}

absl::StatusOr<std::string> Dialect::Message(const google::protobuf::Descriptor& type,
                                             const std::string& message) const {
  if (!json_) return Sealed(0, message);
  JH_ASSIGN_OR_RETURN(const std::string json, codec::ToJson(type, message));
  return Sealed(0, json);
}

std::string Dialect::End(const grpc::Status& status, const CallMetadata& trailing) const {
  if (!web_) {
    std::string json = "{";
    if (!status.ok()) json += "\"error\":" + ErrorJson(status) + ",";
    return Sealed(Envelope::kEndOfStream, json + "\"metadata\":" + MetadataJson(trailing) + "}");
  }
  std::string block = fmt::format("grpc-status: {}\r\n", static_cast<int>(status.error_code()));
  if (!status.error_message().empty()) {
    block += "grpc-message: " + PercentEncoded(status.error_message()) + "\r\n";
  }
  if (!status.error_details().empty()) {
    block += "grpc-status-details-bin: " + Base64(status.error_details()) + "\r\n";
  }
  // Values of one name are joined, as gRPC over HTTP/2 allows: grpc-web keeps the last line.
  for (const auto& [name, values] : ByName(trailing)) {
    block += fmt::format("{}: {}\r\n", name, fmt::join(values, ", "));
  }
  const std::string sealed = Seal(Envelope::kTrailers, block);
  return text_ ? PaddedBase64(sealed) : sealed;
}

}  // namespace jinhuan::gateway
