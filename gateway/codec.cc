#include "gateway/codec.h"

#include "google/protobuf/arena.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver_util.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/text/utf8.h"

namespace jinhuan::gateway::codec {
namespace {

using google::protobuf::Arena;
using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

constexpr size_t kMaxDetail = 300;

// The field that the JSON parser's words are about; "" when they name none. It
// writes "(a.b): invalid value …" for a value, and "(a.b) c: Cannot find field."
// or "c: Cannot find field." for a name.
std::string FieldOf(std::string_view words) {
  std::string field;
  if (words.starts_with('(')) {
    const size_t end = words.find(')');
    if (end == std::string_view::npos) return "";
    field = words.substr(1, end - 1);
    words.remove_prefix(end + 1);
    if (!words.starts_with(' ')) return field;
    words.remove_prefix(1);
  }
  const size_t unknown = words.find(": Cannot find field.");
  if (unknown == std::string_view::npos) return field;
  if (!field.empty()) field += '.';
  return field += words.substr(0, unknown);
}

absl::Status Malformed(std::string detail) {
  const bool utf8 = CodePoints(detail) >= 0;  // it may quote the body
  for (char& c : detail) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || (byte >= 0x80 && !utf8)) c = ' ';
  }
  if (detail.size() > kMaxDetail) {
    detail.resize(kMaxDetail);
    while (!detail.empty() && CodePoints(detail) < 0) detail.pop_back();
  }
  const std::string field = FieldOf(detail);
  if (field.empty()) return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", detail}});
  Violations violations;
  violations.Add(field, error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", detail}});
  return violations.ToStatus();
}

Message* NewMessage(const Descriptor& type, Arena& arena) {
  return MessageFactory::generated_factory()->GetPrototype(&type)->New(&arena);
}

}  // namespace

absl::StatusOr<std::string> FromJson(const Descriptor& type, std::string_view json) {
  if (json.empty()) return std::string();
  Arena arena;
  Message* message = NewMessage(type, arena);
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), message);
  if (!status.ok()) {
    return Malformed(std::string(status.message().data(), status.message().size()));
  }
  return message->SerializeAsString();
}

absl::StatusOr<std::string> ToJson(const Descriptor& type, const std::string& binary) {
  Arena arena;
  Message* message = NewMessage(type, arena);
  std::string json;
  if (!message->ParseFromString(binary) ||
      !google::protobuf::util::MessageToJsonString(*message, &json).ok()) {
    return absl::InternalError("a service answered with what is no " + type.full_name());
  }
  return json;
}

absl::Status CheckBinary(const Descriptor& type, const std::string& binary) {
  Arena arena;
  if (NewMessage(type, arena)->ParseFromString(binary)) return absl::OkStatus();
  return Malformed("not a " + type.full_name());
}

}  // namespace jinhuan::gateway::codec
