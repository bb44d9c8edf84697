// Where a client of EventService.Watch goes on.
#include "gateway/events/hub.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  for (const size_t journals : {1, 3}) {
    const auto position = gateway::PositionOf(input, journals);
    if (!position.has_value()) continue;
    Require(position->size() == journals);
    for (const int64_t number : *position) Require(number >= 0);
    Require(gateway::PositionOf(gateway::TokenOf(*position), journals) == position);
  }
}

}  // namespace jinhuan::fuzz
