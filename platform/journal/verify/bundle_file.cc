#include "platform/journal/verify/bundle_file.h"

#include <google/protobuf/util/json_util.h>

namespace jinhuan::journal::verify {
namespace {

absl::StatusOr<v1::Bundle> ParseJson(const std::string& content) {
  v1::Bundle bundle;
  const auto status = google::protobuf::util::JsonStringToMessage(content, &bundle);
  if (!status.ok()) return absl::InvalidArgumentError("not a bundle: " + status.ToString());
  return bundle;
}

absl::StatusOr<v1::Bundle> ParseBinary(const std::string& content) {
  v1::Bundle bundle;
  if (!bundle.ParseFromString(content)) return absl::InvalidArgumentError("not a bundle");
  bundle.DiscardUnknownFields();
  if (bundle.SerializeAsString() != content) {
    return absl::InvalidArgumentError("not a bundle as an export writes it");
  }
  return bundle;
}

}  // namespace

absl::StatusOr<v1::Bundle> ParseBundle(const std::string& content) {
  return content.starts_with('{') ? ParseJson(content) : ParseBinary(content);
}

}  // namespace jinhuan::journal::verify
