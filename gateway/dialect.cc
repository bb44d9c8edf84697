#include "gateway/dialect.h"

#include <fmt/format.h>

#include <map>

#include "gateway/codec.h"
#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/envelope.h"
#include "gateway/error_json.h"
#include "gateway/grpc_head.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

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
    return CompressionUnknown();
  }
  std::string decoded;
  if (text_ && !FromPieces(request.body, decoded)) {
    return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", "the body is not base64"}});
  }
  JH_ASSIGN_OR_RETURN(std::string message, OpenOnly(text_ ? decoded : request.body,
                                                    request_coding_ == "gzip", kMaxBodyBytes));
  JH_RETURN_IF_ERROR(HoldBody(request, message.size()));
  if (json_) {
    JH_ASSIGN_OR_RETURN(message, codec::FromJson(type, message));
    JH_RETURN_IF_ERROR(HoldBody(request, message.size()));
  } else {
    JH_RETURN_IF_ERROR(codec::CheckBinary(type, message));
  }
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
  std::string block;
  for (const http2::Field& field : FieldsOf(status)) {
    block += fmt::format("{}: {}\r\n", field.name, field.value);
  }
  // Values of one name are joined, as gRPC over HTTP/2 allows: grpc-web keeps the last line.
  for (const auto& [name, values] : ByName(trailing)) {
    block += fmt::format("{}: {}\r\n", name, fmt::join(values, ", "));
  }
  const std::string sealed = Seal(Envelope::kTrailers, block);
  return text_ ? PaddedBase64(sealed) : sealed;
}

}  // namespace jinhuan::gateway
