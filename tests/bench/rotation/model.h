#pragma once

#include <ostream>

#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::bench {

// How a modeller can say that neighbours of one sector cost a violation.
enum class Spacing {
  kPairs,  // violation(t) >= of(s, t) + of(s, t') - 1, for every window
  kFlow,   // a flow from sector to sector; tighter and larger, for windows of 2 alone
};

// Writes the problem (nothing frozen, credits in quarters of a term) as one integer
// programme in the LP format. The cycles are given, as the rules say; the four parts of
// the cost are weighted so that no sum of later ones outweighs an earlier one.
void WriteModel(const alliance::rotation::Problem& problem, Spacing spacing, std::ostream& out);

// The model's objective for a plan of that cost.
double ObjectiveOf(const alliance::rotation::Problem& problem,
                   const alliance::rotation::Cost& cost);

}  // namespace jinhuan::bench
