#pragma once

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace jinhuan::api {

inline google::protobuf::Timestamp ToProto(absl::Time time) {
  // Not by ToUnixNanos, which ends in the year 2262.
  google::protobuf::Timestamp proto;
  proto.set_seconds(absl::ToUnixSeconds(time));
  proto.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(proto.seconds()))));
  return proto;
}

inline absl::Time FromProto(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

// Whether a client's time is one that can be computed with, and stored: from 1970 to 9999.
inline bool IsTime(const google::protobuf::Timestamp& proto) {
  constexpr int64_t kYear10000 = 253'402'300'800;
  return proto.seconds() >= 0 && proto.seconds() < kYear10000 && proto.nanos() >= 0 &&
         proto.nanos() < 1'000'000'000;
}

}  // namespace jinhuan::api
