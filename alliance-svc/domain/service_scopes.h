#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/repeated_ptr_field.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Adds FIELD_INVALID at `field` unless `scopes` are at most 50, each once, and each
// a package, a service or a method of the suite's API that clients may call:
// jinhuan.meeting.v1, jinhuan.meeting.v1.MeetingService,
// jinhuan.meeting.v1.MeetingService/GetMeeting.
void CheckScopes(std::string_view field,
                 const google::protobuf::RepeatedPtrField<std::string>& scopes,
                 Violations& violations);

}  // namespace jinhuan::alliance
