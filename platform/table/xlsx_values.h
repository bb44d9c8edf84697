#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::table {

// How a number in a workbook ("1.38E+10", "0.1") reads without exponent and
// with at most 15 digits, as Excel shows it: "13800000000", "0.1". Nothing but
// `raw` itself when it is no number or out of reach of such writing (1e21 and
// more, or below 1e-9).
std::string NumberText(std::string_view raw);

// Whether a number has more than 15 digits before its point of which those
// after the fifteenth may be lost: Excel writes zeros in their place.
bool HasLostDigits(std::string_view raw);

// A day number of a workbook as a date ("2026-03-01"), a moment ("2026-03-01
// 09:30", with seconds when they are not zero) or, below one, a time of day.
// What is no such number comes back as NumberText has it. `from_1904`: see
// Workbook.
std::string DateText(std::string_view raw, bool from_1904);

// Whether a number format ("yyyy\年m\月", "[$-804]h:mm") shows a date or time.
bool IsDateFormat(std::string_view format);
// The same for the formats that have only a number.
bool IsDateFormat(int id);

}  // namespace jinhuan::table
