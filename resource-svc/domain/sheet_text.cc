#include "resource-svc/domain/sheet_text.h"

#include "platform/api/time.h"

namespace jinhuan::resource {

std::string KindText(v1::FacilityKind kind) {
  switch (kind) {
    case v1::FACILITY_KIND_PARKING:
      return "停车";
    case v1::FACILITY_KIND_CANTEEN:
      return "食堂";
    case v1::FACILITY_KIND_VENUE:
      return "场地";
    case v1::FACILITY_KIND_SERVICE:
      return "服务";
    default:
      return "";
  }
}

std::string TimeText(const google::protobuf::Timestamp& time, absl::TimeZone zone) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", api::FromProto(time), zone);
}

}  // namespace jinhuan::resource
