#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace jinhuan::table {

// The number that `text` writes ("-12.5"); nothing when it writes none, or one
// of more than 15 digits.
std::optional<double> AsNumber(std::string_view text);

// The day that `text` writes as 2026-03-01, from 1900-03-01 (before it
// spreadsheets disagree) to 9999-12-31; nothing when it writes none.
std::optional<absl::CivilDay> AsDate(std::string_view text);

// Hundredths as the text of a number: "-12.05".
std::string Decimal(int64_t hundredths);

}  // namespace jinhuan::table
