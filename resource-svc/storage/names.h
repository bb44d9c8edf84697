#pragma once

#include <string>
#include <string_view>

namespace jinhuan::resource {

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

}  // namespace jinhuan::resource
