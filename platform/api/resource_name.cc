#include "platform/api/resource_name.h"

#include <algorithm>

namespace jinhuan::api {
namespace {

// Takes the part before the first '/' off `path`.
std::string_view NextSegment(std::string_view& path) {
  const size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  return segment;
}

}  // namespace

bool IsNameSegment(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

std::optional<std::vector<std::string>> MatchName(std::string_view pattern, std::string_view name) {
  if (name.ends_with('/')) return std::nullopt;
  std::vector<std::string> ids;
  while (!pattern.empty()) {
    const std::string_view expected = NextSegment(pattern);
    const std::string_view segment = NextSegment(name);
    if (expected == "*") {
      if (!IsNameSegment(segment)) return std::nullopt;
      ids.emplace_back(segment);
    } else if (segment != expected) {
      return std::nullopt;
    }
  }
  if (!name.empty()) return std::nullopt;
  return ids;
}

std::optional<std::vector<std::string>> MatchName(std::string_view pattern, std::string_view name,
                                                  std::string_view field, Violations& violations) {
  auto ids = MatchName(pattern, name);
  if (!ids.has_value() && violations.Require(field, !name.empty())) {
    violations.Add(field, error::v1::COMMON_REASON_NAME_INVALID,
                   {{"pattern", std::string(pattern)}});
  }
  return ids;
}

absl::StatusOr<std::vector<std::string>> RequireName(std::string_view pattern,
                                                     std::string_view name,
                                                     std::string_view field) {
  Violations violations;
  auto ids = MatchName(pattern, name, field, violations);
  if (!ids.has_value()) return violations.ToStatus();
  return *std::move(ids);
}

std::string AllianceOf(std::string_view name) {
  if (NextSegment(name) != "alliances") return "";
  const std::string_view id = NextSegment(name);
  return IsNameSegment(id) ? "alliances/" + std::string(id) : "";
}

}  // namespace jinhuan::api
