#pragma once

#include "absl/time/civil_time.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Whether `charter` is one: the limits that the comments in charter.proto state,
// but for those that depend on other versions. Fields are told as below `charter`.
void CheckCharter(const v1::Charter& charter, Violations& violations);

// Whether a charter may come into force on its effective date: a day not before
// `earliest`, the later of today and the day of the version before it.
void CheckEffectiveDate(const v1::Charter& charter, absl::CivilDay earliest,
                        Violations& violations);

}  // namespace jinhuan::alliance
