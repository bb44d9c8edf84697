#include "platform/api/update_mask.h"

#include <algorithm>
#include <string>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::api {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsSet(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                             : message.GetReflection()->HasField(message, &field);
}

void CopyField(const Message& from, const FieldDescriptor& field, Message& to) {
  // A message with that one field: cleared in the target, then merged in.
  const std::unique_ptr<Message> only(from.New());
  only->CopyFrom(from);
  std::vector<const FieldDescriptor*> set;
  only->GetReflection()->ListFields(*only, &set);
  for (const FieldDescriptor* other : set) {
    if (other != &field) only->GetReflection()->ClearField(only.get(), other);
  }
  to.GetReflection()->ClearField(&to, &field);
  to.MergeFrom(*only);
}

}  // namespace

absl::Status ApplyMask(const google::protobuf::FieldMask& mask,
                       const std::vector<std::string_view>& updatable, const Message& from,
                       Message& to) {
  const auto* descriptor = from.GetDescriptor();
  for (const std::string& path : mask.paths()) {
    if (std::find(updatable.begin(), updatable.end(), path) == updatable.end()) {
      return Error(error::v1::COMMON_REASON_MASK_PATH_INVALID, {{"path", path}});
    }
    CopyField(from, *descriptor->FindFieldByName(path), to);
  }
  if (!mask.paths().empty()) return absl::OkStatus();
  for (const std::string_view path : updatable) {
    const FieldDescriptor& field = *descriptor->FindFieldByName(std::string(path));
    if (IsSet(from, field)) CopyField(from, field, to);
  }
  return absl::OkStatus();
}

absl::Status CheckEtag(std::string_view sent, std::string_view stored, std::string_view name) {
  if (sent.empty() || sent == stored) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", std::string(name)}});
}

}  // namespace jinhuan::api
