#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// The zone of a facility that names none.
inline constexpr char kDefaultTimeZone[] = "Asia/Shanghai";

// The zone of that IANA name; nothing when there is none. Only names out of the
// time zone database are looked up, no paths.
std::optional<absl::TimeZone> FindTimeZone(const std::string& name);

// Adds what is wrong with a facility, at fields "facility.…". Its name and
// owner are not looked at.
void CheckFacility(const v1::Facility& facility, Violations& violations);

}  // namespace jinhuan::resource
