#include "gateway/codec.h"

#include <map>

#include "absl/synchronization/mutex.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/message.h"
#include "google/protobuf/type.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver.h"
#include "google/protobuf/util/type_resolver_util.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
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

// The library describes each type anew for each text, which takes longer than reading it;
// this remembers the descriptions, without the options of fields and values, which JSON does
// not look at. Thread-safe.
class KnownTypes : public google::protobuf::util::TypeResolver {
 public:
  using Status = google::protobuf::util::Status;

  Status ResolveMessageType(const std::string& url, google::protobuf::Type* type) override {
    return Resolve(url, type, types_, [&] {
      const Status status = made_->ResolveMessageType(url, type);
      for (auto& field : *type->mutable_fields()) field.clear_options();
      return status;
    });
  }
  Status ResolveEnumType(const std::string& url, google::protobuf::Enum* type) override {
    return Resolve(url, type, enums_, [&] {
      const Status status = made_->ResolveEnumType(url, type);
      for (auto& value : *type->mutable_enumvalue()) value.clear_options();
      return status;
    });
  }

  static std::string UrlOf(const Descriptor& type) { return kHost + ("/" + type.full_name()); }

 private:
  static constexpr char kHost[] = "type.googleapis.com";

  // What `make` fills in, or did before. Only what is linked in is found, so that the maps
  // end.
  template <class T, class Make>
  Status Resolve(const std::string& url, T* type, std::map<std::string, T>& known, Make make) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      const auto found = known.find(url);
      if (found != known.end()) {
        *type = found->second;
        return {};
      }
    }
    const Status status = make();
    if (!status.ok()) return status;
    absl::MutexLock lock(&mutex_);
    known.emplace(url, *type);
    return status;
  }

  const std::unique_ptr<google::protobuf::util::TypeResolver> made_{
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          kHost, google::protobuf::DescriptorPool::generated_pool())};
  absl::Mutex mutex_;
  std::map<std::string, google::protobuf::Type> types_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, google::protobuf::Enum> enums_ ABSL_GUARDED_BY(mutex_);
};

KnownTypes& Types() {
  static auto* const types = new KnownTypes;
  return *types;
}

Message* NewMessage(const Descriptor& type, Arena& arena) {
  return MessageFactory::generated_factory()->GetPrototype(&type)->New(&arena);
}

}  // namespace

absl::StatusOr<std::string> FromJson(const Descriptor& type, std::string_view json) {
  if (json.empty()) return std::string();
  std::string binary;
  const auto status = google::protobuf::util::JsonToBinaryString(
      &Types(), KnownTypes::UrlOf(type), google::protobuf::StringPiece(json.data(), json.size()),
      &binary);
  if (!status.ok()) {
    return Malformed(std::string(status.message().data(), status.message().size()));
  }
  JH_RETURN_IF_ERROR(CheckBinary(type, binary));
  return binary;
}

absl::StatusOr<std::string> ToJson(const Descriptor& type, const std::string& binary) {
  std::string json;
  if (!CheckBinary(type, binary).ok() ||
      !google::protobuf::util::BinaryToJsonString(&Types(), KnownTypes::UrlOf(type), binary, &json)
           .ok()) {
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
