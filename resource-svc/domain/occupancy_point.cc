#include "resource-svc/domain/occupancy_point.h"

#include <fmt/format.h>

#include <charconv>

namespace jinhuan::resource {
namespace {

constexpr int64_t kLastMicros = 253'402'300'799'999'999;  // of the year 9999

}  // namespace

std::string TokenOf(const OccupancyPoint& point) {
  return fmt::format("{}.{}", point.number, absl::ToUnixMicros(point.time));
}

std::optional<OccupancyPoint> PointOf(std::string_view token) {
  int64_t number = -1;
  int64_t micros = -1;
  const char* const end = token.data() + token.size();
  const auto [dot, wrong] = std::from_chars(token.data(), end, number);
  if (wrong != std::errc() || dot == end || *dot != '.') return std::nullopt;
  const auto [last, also_wrong] = std::from_chars(dot + 1, end, micros);
  if (also_wrong != std::errc() || last != end) return std::nullopt;
  if (number < 0 || micros < 0 || micros > kLastMicros) return std::nullopt;
  return OccupancyPoint{number, absl::FromUnixMicros(micros)};
}

}  // namespace jinhuan::resource
