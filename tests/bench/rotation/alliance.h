#pragma once

#include <cstdint>
#include <string>

#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::bench {

// What an invented alliance is like.
struct Likeness {
  std::string name;
  int units = 60;
  int terms = 48;
  int window = 2;
  // Of 100 units, how many are of the largest sector; the others fall into 9 more.
  int largest_sector = 25;
  // Of 100 terms of a unit, how many it can't take, or would rather not.
  int unavailable = 10;
  int unwanted = 10;
  // How many different credits there are.
  int credits = 4;
};

// An alliance of that likeness; the same for the same seed.
alliance::rotation::Problem MakeAlliance(const Likeness& likeness, uint64_t seed);

// The next round: `plan` is published, `withdrawn` of its chairs left, and `unavailable`
// more can't take the term they were given.
alliance::rotation::Problem Republish(const alliance::rotation::Problem& problem,
                                      const alliance::rotation::Plan& plan, int withdrawn,
                                      int unavailable);

}  // namespace jinhuan::bench
