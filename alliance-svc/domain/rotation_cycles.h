#pragma once

#include <vector>

#include "alliance-svc/domain/rotation_pool.h"

namespace jinhuan::alliance::rotation {

// One cycle: the terms [begin, end), and who serves in it.
struct Cycle {
  int begin = 0;
  int end = 0;
  // Whether the horizon ends it; then some of its units may be left out.
  bool cut = false;
  std::vector<int> terms;     // the free ones
  std::vector<int> units;     // one for each free term; in a cut cycle at least as many
  std::vector<int> deferred;  // those passed over
  // By unit of the pool, when the cycle begins.
  std::vector<Credit> credit;
  // The least credit that the chairs of 1, 2, ... free terms could hold, summed up: where
  // the credit inversions count from.
  Credit least = 0;
};

// The cycles, as the contract of MakePlan states them. Every free term has a unit that
// can serve then.
std::vector<Cycle> MakeCycles(const Pool& pool);

}  // namespace jinhuan::alliance::rotation
