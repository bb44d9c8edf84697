#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"

namespace jinhuan::resource {

// A day as text, `2026-11-23`, as names and keys have it; text sorts as days do.
std::string DayText(absl::CivilDay day);

// The day that a text of exactly that form means, from 2000 to 9998; nothing for another.
std::optional<absl::CivilDay> DayOfText(std::string_view text);

google::type::Date ToDate(absl::CivilDay day);

// Whether a date is a day from 2000 to 9998, so that the day after it can be told too.
bool IsDay(const google::type::Date& date);

}  // namespace jinhuan::resource
