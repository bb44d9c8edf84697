#pragma once

#include <vector>

#include "absl/time/time.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "platform/table/sheet.h"

namespace jinhuan::meeting {

// Requests as a workbook in Chinese, made at `now`, with times of `zone`; who reported is not
// in it. Text that came from people stays text (table::WriteXlsx).
table::Sheet RequestSheet(const std::vector<v1::Request>& requests, absl::Time now,
                          absl::TimeZone zone);

}  // namespace jinhuan::meeting
