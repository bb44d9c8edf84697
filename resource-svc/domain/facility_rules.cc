#include "resource-svc/domain/facility_rules.h"

#include <algorithm>

#include "resource-svc/domain/distance.h"

namespace jinhuan::resource {

std::optional<absl::TimeZone> FindTimeZone(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
  const size_t slash = name.find('/');
  const bool area = slash != std::string::npos && slash > 0;  // Asia/Shanghai, no path
  absl::TimeZone zone;
  if (!plain || name.size() > 64 || !(area || name == "UTC")) return std::nullopt;
  if (!absl::LoadTimeZone(name, &zone)) return std::nullopt;
  return zone;
}

void CheckFacility(const v1::Facility& facility, Violations& violations) {
  violations.CheckText("facility.display_name", facility.display_name(), 1, 60);
  if (violations.Require("facility.kind", facility.kind() != v1::FACILITY_KIND_UNSPECIFIED)) {
    violations.Check("facility.kind", v1::FacilityKind_IsValid(facility.kind()), "a known kind",
                     "有效的资源类型");
  }
  violations.CheckText("facility.address", facility.address(), 0, 120);
  violations.CheckText("facility.grid", facility.grid(), 0, 40);
  violations.Check("facility.location", !facility.has_location() || IsPlace(facility.location()),
                   "a place on earth", "有效的经纬度");
  violations.CheckText("facility.description", facility.description(), 0, 500);
  violations.Check("facility.time_zone",
                   facility.time_zone().empty() || FindTimeZone(facility.time_zone()).has_value(),
                   "an IANA time zone", "IANA 时区名称");
}

}  // namespace jinhuan::resource
