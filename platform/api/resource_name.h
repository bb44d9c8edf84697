#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/status/error.h"

namespace jinhuan::api {

// Matches a resource name against a pattern such as "alliances/*/members/*"
// (AIP-122) and returns what stands for each `*`: 1 to 64 of a-z, A-Z, 0-9, '-'
// and '_'. Nothing when it does not match.
std::optional<std::vector<std::string>> MatchName(std::string_view pattern, std::string_view name);

// As MatchName; adds FIELD_REQUIRED or NAME_INVALID at `field` when it fails.
std::optional<std::vector<std::string>> MatchName(std::string_view pattern, std::string_view name,
                                                  std::string_view field, Violations& violations);

// As MatchName, for a request whose only input is a name: the error itself.
absl::StatusOr<std::vector<std::string>> RequireName(std::string_view pattern,
                                                     std::string_view name,
                                                     std::string_view field = "name");

// "alliances/a1" for any name that lies in alliance a1; "" for another name.
std::string AllianceOf(std::string_view name);

// The id at the end of a resource name: what follows its last '/'.
inline std::string LastId(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

// The id of the alliance that a resource name lies in.
inline std::string AllianceId(std::string_view name) {
  name.remove_prefix(name.find('/') + 1);
  return std::string(name.substr(0, name.find('/')));
}

// The name of what a resource name lies in: "alliances/a/facilities/f" for a
// window of it.
inline std::string ParentOf(std::string_view name) {
  name = name.substr(0, name.rfind('/'));
  return std::string(name.substr(0, name.rfind('/')));
}

// Whether `id` can be the part of a name that stands for `*`.
bool IsNameSegment(std::string_view id);

}  // namespace jinhuan::api
