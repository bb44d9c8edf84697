#pragma once

#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// Adds what is wrong with a window that is to be created, at fields "window.…".
// The names of its audience are not looked at.
void CheckWindow(const v1::Window& window, Violations& violations);

// Adds what is wrong with the last day that `window` is to be ended after, at field
// "last_date"; `today` is that of the facility.
void CheckLastDate(const google::type::Date& last, const v1::Window& window, absl::CivilDay today,
                   Violations& violations);

// Whether the last day of `window` lies before `today`, that of its facility.
bool IsOver(const v1::Window& window, absl::CivilDay today);

// Whether two valid windows of one facility are ever open at the same minute of
// the clock on its wall.
bool Overlap(const v1::Window& a, const v1::Window& b);

}  // namespace jinhuan::resource
