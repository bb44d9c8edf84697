#pragma once

#include <optional>
#include <vector>

#include "alliance-svc/domain/rotation_search.h"

namespace jinhuan::alliance::rotation {

// Of all plans with the cost of `best`, which is the least, the one in which at the first
// term that differs the chair stands first in the order. Nothing when the search's effort
// is spent.
std::optional<Draft> FirstInOrder(const Ground& ground, const std::vector<Cycle>& cycles,
                                  Draft best, Search& search);

}  // namespace jinhuan::alliance::rotation
