// The names that lotteries go by, as their keys have them.
#pragma once

#include <fmt/format.h>

#include <string>

#include "resource-svc/storage/names.h"

namespace jinhuan::resource {

inline std::string WindowName(const std::string& alliance, const std::string& facility,
                              const std::string& window) {
  return fmt::format("alliances/{}/facilities/{}/windows/{}", alliance, facility, window);
}

// The parts of a draw's name that are its key.
struct DrawName {
  explicit DrawName(const std::string& name)
      : alliance(AllianceId(name)), day(LastId(name)), window(LastId(ParentOf(name))) {}

  std::string alliance;
  std::string day;
  std::string window;
};

}  // namespace jinhuan::resource
