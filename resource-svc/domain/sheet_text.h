#pragma once

#include <string>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"

namespace jinhuan::resource {

// What the cells of several workbooks say alike.
std::string KindText(v1::FacilityKind kind);
// To the minute; empty for a time that is absent.
std::string TimeText(const google::protobuf::Timestamp& time, absl::TimeZone zone);

}  // namespace jinhuan::resource
