#pragma once

#include <string>

#include "absl/time/time.h"

namespace jinhuan {

// Sorts before every id that IdSource makes at `time` or later, and after all that are made a
// millisecond or more before: a bound for ranges of ids.
std::string FirstIdOf(absl::Time time);

}  // namespace jinhuan
