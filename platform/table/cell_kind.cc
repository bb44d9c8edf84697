#include "platform/table/cell_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "platform/table/parse.h"

namespace jinhuan::table {
namespace {

constexpr ptrdiff_t kDigits = 15;  // that a spreadsheet keeps

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<double> AsNumber(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const bool plain =
      std::all_of(digits.begin(), digits.end(), [](char c) { return IsDigit(c) || c == '.'; });
  double value = 0;
  if (!plain || std::count_if(digits.begin(), digits.end(), IsDigit) > kDigits) {
    return std::nullopt;
  }
  return Parse(text, value) ? std::optional(value) : std::nullopt;
}

std::optional<absl::CivilDay> AsDate(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool parsed = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      Parse(text.substr(0, 4), year) && Parse(text.substr(5, 2), month) &&
                      Parse(text.substr(8), day);
  const absl::CivilDay date(year, month, day);
  // absl makes March 2 of February 30.
  const bool real = parsed && date.year() == year && date.month() == month && date.day() == day;
  return real && date >= absl::CivilDay(1900, 3, 1) ? std::optional(date) : std::nullopt;
}

std::string Decimal(int64_t hundredths) {
  const int64_t size = hundredths < 0 ? -hundredths : hundredths;
  return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", size / 100, size % 100);
}

}  // namespace jinhuan::table
