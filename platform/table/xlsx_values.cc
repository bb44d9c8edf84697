#include "platform/table/xlsx_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/time/civil_time.h"
#include "platform/table/parse.h"

namespace jinhuan::table {
namespace {

constexpr int kDigits = 15;  // that a spreadsheet keeps
constexpr int64_t kDaySeconds = 86'400;
constexpr int64_t kLastDay = 2'958'465;  // 9999-12-31

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWholeNumber(std::string_view raw) {
  if (raw.starts_with('-')) raw.remove_prefix(1);
  return !raw.empty() && std::all_of(raw.begin(), raw.end(), IsDigit);
}

std::optional<double> Value(std::string_view raw) {
  double value = 0;
  return Parse(raw, value) && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string NumberText(std::string_view raw) {
  if (IsWholeNumber(raw)) return std::string(raw);
  const std::optional<double> value = Value(raw);
  if (!value.has_value()) return std::string(raw);
  const double size = std::fabs(*value);
  if (size >= 1e21 || (size < 1e-9 && size > 0)) return std::string(raw);
  const int before = size < 1 ? 0 : static_cast<int>(std::log10(size)) + 1;
  const int leading_zeros = size < 1 && size > 0 ? static_cast<int>(-std::log10(size)) : 0;
  std::string text = fmt::format("{:.{}f}", *value, std::max(0, kDigits - before + leading_zeros));
  if (text.find('.') != text.npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

bool HasLostDigits(std::string_view raw) {
  const std::optional<double> value = Value(raw);
  if (!value.has_value() || std::fabs(*value) < 1e15) return false;
  // Digit by digit and not rounded: somebody other than a spreadsheet wrote it.
  if (!IsWholeNumber(raw)) return true;
  return std::all_of(raw.begin() + kDigits + (raw[0] == '-'), raw.end(),
                     [](char c) { return c == '0'; });
}

std::string DateText(std::string_view raw, bool from_1904) {
  const std::optional<double> value = Value(raw);
  if (!value.has_value() || *value < 0 || *value >= static_cast<double>(kLastDay + 1)) {
    return NumberText(raw);
  }
  const auto seconds = std::llround(*value * static_cast<double>(kDaySeconds));
  int64_t day = seconds / kDaySeconds;
  const int64_t left = seconds % kDaySeconds;
  const int64_t second = left % 60;
  std::string time = fmt::format("{:02}:{:02}", left / 3600, left / 60 % 60);
  if (second != 0) time += fmt::format(":{:02}", second);
  if (day == 0 && !from_1904) return time;
  // Day 60 is 1900-02-29, which never was; the days before it count from one
  // day later.
  if (!from_1904 && day < 60) ++day;
  const absl::CivilDay date =
      (from_1904 ? absl::CivilDay(1904, 1, 1) : absl::CivilDay(1899, 12, 30)) + day;
  std::string text = fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
  return left == 0 ? text : text + " " + time;
}

bool IsDateFormat(std::string_view format) {
  for (size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == ';') return false;  // what follows is for negative numbers and text
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      i = std::min(format.find(c == '"' ? '"' : ']', i + 1), format.size());
    } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

bool IsDateFormat(int id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
         (id >= 50 && id <= 58);
}

}  // namespace jinhuan::table
