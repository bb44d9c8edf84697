#include "gateway/error_json.h"

#include "gateway/codec.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/status.pb.h"
#include "platform/log.h"
#include "platform/text/base64.h"

namespace jinhuan::gateway {
namespace {

struct Code {
  absl::StatusCode code;
  std::string_view name;
  int http;
};

// In the order of the protocol's table of error codes.
constexpr Code kCodes[] = {
    {absl::StatusCode::kCancelled, "canceled", 499},
    {absl::StatusCode::kUnknown, "unknown", 500},
    {absl::StatusCode::kInvalidArgument, "invalid_argument", 400},
    {absl::StatusCode::kDeadlineExceeded, "deadline_exceeded", 504},
    {absl::StatusCode::kNotFound, "not_found", 404},
    {absl::StatusCode::kAlreadyExists, "already_exists", 409},
    {absl::StatusCode::kPermissionDenied, "permission_denied", 403},
    {absl::StatusCode::kResourceExhausted, "resource_exhausted", 429},
    {absl::StatusCode::kFailedPrecondition, "failed_precondition", 400},
    {absl::StatusCode::kAborted, "aborted", 409},
    {absl::StatusCode::kOutOfRange, "out_of_range", 400},
    {absl::StatusCode::kUnimplemented, "unimplemented", 501},
    {absl::StatusCode::kInternal, "internal", 500},
    {absl::StatusCode::kUnavailable, "unavailable", 503},
    {absl::StatusCode::kDataLoss, "data_loss", 500},
    {absl::StatusCode::kUnauthenticated, "unauthenticated", 401},
};

const Code& Find(absl::StatusCode code) {
  for (const Code& known : kCodes) {
    if (known.code == code) return known;
  }
  return kCodes[1];
}

void AppendDetail(std::string_view type, const std::string& value, std::string& json) {
  json += "{\"type\":";
  log::AppendJsonString(type, json);
  json += ",\"value\":\"" + ToBase64(value, Base64::kPlain) + '"';
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
  if (descriptor != nullptr) {
    const auto debug = codec::ToJson(*descriptor, value);
    if (debug.ok()) json += ",\"debug\":" + *debug;
  }
  json += '}';
}

}  // namespace

std::string_view ConnectCode(absl::StatusCode code) { return Find(code).name; }
int HttpStatus(absl::StatusCode code) { return Find(code).http; }

std::string ErrorJson(const grpc::Status& status) {
  std::string json = "{\"code\":\"";
  json += ConnectCode(static_cast<absl::StatusCode>(status.error_code()));
  json += '"';
  if (!status.error_message().empty()) {
    json += ",\"message\":";
    log::AppendJsonString(status.error_message(), json);
  }
  std::string details;
  google::rpc::Status said;
  said.ParseFromString(status.error_details());
  for (const auto& detail : said.details()) {
    const std::string_view url = detail.type_url();
    if (!details.empty()) details += ',';
    AppendDetail(url.substr(url.rfind('/') + 1), detail.value(), details);
  }
  if (!details.empty()) json += ",\"details\":[" + details + ']';
  json += '}';
  return json;
}

}  // namespace jinhuan::gateway
