#pragma once

#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a rating, at `rating`: 1 to 5, and one must be given.
inline void CheckRating(int rating, Violations& violations) {
  if (!violations.Require("rating", rating != 0)) return;
  violations.Check("rating", rating >= 1 && rating <= 5, "1 to 5", "1 至 5 分");
}

}  // namespace jinhuan::meeting
