#pragma once

#include "jinhuan/alliance/v1/charter.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Whether `table` is a holiday table as charter.proto describes it. Fields are told
// as below `charter.holidays`.
void CheckHolidays(const v1::HolidayTable& table, Violations& violations);

}  // namespace jinhuan::alliance
