#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::alliance::rotation {

// What a random alliance may have.
struct Variety {
  int units = 7;
  int terms = 8;
  bool frozen = true;
  bool published = true;
};

// A random alliance of at most that size: everything else about it, such as how scarce
// availability is, is drawn as well, so that every rule comes to bear in some.
Problem RandomAlliance(const Variety& variety, std::mt19937_64& random);

// The best plan as the contract of MakePlan defines it, by trying all of them; nothing
// when a free term has nobody. For a handful of units.
std::optional<Plan> PlanByTryingAll(const Problem& problem);

// The chairs by term.
std::vector<std::string> Chairs(const Plan& plan);

}  // namespace jinhuan::alliance::rotation
