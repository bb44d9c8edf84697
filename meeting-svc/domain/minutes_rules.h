#pragma once

#include "jinhuan/meeting/v1/minutes.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Whether all that people write of minutes keeps the bounds that minutes.proto states; fields
// are told as below `minutes`.
void CheckMinutes(const v1::Minutes& minutes, Violations& violations);

}  // namespace jinhuan::meeting
