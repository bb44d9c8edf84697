#pragma once

#include "absl/time/clock.h"

namespace jinhuan::testing {

// Whether `condition` comes true: asked again and again, for half a minute at most. For what
// another thread or process does and nothing tells of.
template <class Condition>
bool Eventually(const Condition& condition) {
  const absl::Time patience = absl::Now() + absl::Seconds(30);
  while (!condition()) {
    if (absl::Now() > patience) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

}  // namespace jinhuan::testing
