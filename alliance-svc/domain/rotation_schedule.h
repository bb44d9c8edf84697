#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace jinhuan::alliance::chair {

// The calendar of chair terms: terms follow each other, begin at a midnight of the
// alliance's time zone, and are named by their first day.

// The last day of a month on which a first term may begin: every month has it.
inline constexpr int kLastFirstDay = 28;

// The first day after a term of `months` that begins on `first_day`, whose day of the
// month is at most kLastFirstDay.
absl::CivilDay EndDay(absl::CivilDay first_day, int months);

// When `day` begins in `zone`.
absl::Time Midnight(absl::CivilDay day, absl::TimeZone zone);

// The day of `time` in `zone`.
absl::CivilDay DayOf(absl::Time time, absl::TimeZone zone);

// A day as terms are named by it ("2027-01-01"), and back; nothing for another text.
std::string DayId(absl::CivilDay day);
std::optional<absl::CivilDay> ParseDayId(std::string_view id);

// `alliances/{alliance}/chairTerms/{first day}`.
std::string TermName(std::string_view alliance, absl::CivilDay first_day);

// The day that a term's name ends with. The name must be one of TermName.
absl::CivilDay FirstDayOf(std::string_view term_name);

// A day as a number, counted from 1970-01-01.
int64_t DayNumber(absl::CivilDay day);
absl::CivilDay DayOfNumber(int64_t number);

// The zone of that name; UTC+8 when this machine does not know it, since the alliance's
// zone was checked when it was made.
absl::TimeZone ZoneOf(const std::string& name);

}  // namespace jinhuan::alliance::chair
