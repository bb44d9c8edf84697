#pragma once

#include <string>

namespace jinhuan::meeting {

// Which meeting, by the parts of its name.
struct MeetingKey {
  std::string alliance_id;
  std::string id;

  std::string alliance() const { return "alliances/" + alliance_id; }
  std::string name() const { return alliance() + "/meetings/" + id; }
};

}  // namespace jinhuan::meeting
