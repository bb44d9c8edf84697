#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"
#include "jinhuan/error/v1/reason.pb.h"

namespace jinhuan {

// The changing values of a message, by key.
using Metadata = std::initializer_list<std::pair<std::string_view, std::string>>;

// An error for the given reason: its code, its English text as the message,
// and as payloads one google.rpc.ErrorInfo (reason without its enum's prefix,
// domain = the enum's package, metadata) and one google.rpc.LocalizedMessage
// (zh-CN). `reason` is a value of an enum whose values carry
// jinhuan.error.v1.text. Values longer than 200 bytes are cut.
absl::Status ReasonError(const google::protobuf::EnumValueDescriptor& reason, Metadata metadata);

template <class Reason>
absl::Status Error(Reason reason, Metadata metadata = {}) {
  return ReasonError(*google::protobuf::GetEnumDescriptor<Reason>()->FindValueByNumber(reason),
                     metadata);
}

// Collects what is wrong with a request, field by field, so that a form shows
// all of it at once; after 20 violations further ones are dropped. Not
// thread-safe.
class Violations {
 public:
  // `field` is a path in the request ("booking.plate"); it also becomes the
  // metadata key `field`.
  template <class Reason>
  void Add(std::string_view field, Reason reason, Metadata metadata = {}) {
    AddReason(field, *google::protobuf::GetEnumDescriptor<Reason>()->FindValueByNumber(reason),
              metadata);
  }
  // Adds FIELD_REQUIRED unless `present`; says whether it is.
  bool Require(std::string_view field, bool present);
  // Adds FIELD_INVALID unless `valid`; says whether it is. The rule completes
  // "must be …" and "应为：…" ("1 to 60 characters", "1 至 60 个字符").
  bool Check(std::string_view field, bool valid, std::string_view rule_en,
             std::string_view rule_zh);
  // Adds FIELD_INVALID unless `text` is UTF-8 of `min` to `max` code points
  // without control characters other than line ends and tabs; a `min` above 0
  // makes it FIELD_REQUIRED when nothing but blanks is there.
  bool CheckText(std::string_view field, std::string_view text, size_t min, size_t max);

  bool empty() const { return violations_.field_violations().empty(); }

  // OK when nothing was added; else the error of the first violation, with all
  // of them in a google.rpc.BadRequest.
  absl::Status ToStatus() const;

 private:
  void AddReason(std::string_view field, const google::protobuf::EnumValueDescriptor& reason,
                 Metadata metadata);

  google::rpc::BadRequest violations_;
  absl::Status first_;
};

// The reason of an error made by Error or Violations; "" for any other status.
std::string ReasonOf(const absl::Status& status);

// The status in one line for a log: code, message and reason, without payloads.
std::string Describe(const absl::Status& status);

}  // namespace jinhuan
