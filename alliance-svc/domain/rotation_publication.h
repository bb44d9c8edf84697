#pragma once

#include <string>

#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// Puts the terms of `draft`, which is kept as `plan_id` and not stale, in place of what is
// published from its horizon on; frozen ones stay, counted in the cycle in which the plan
// has them. Each changed term notes why, with `reason`; open swaps of changed terms expire.
// The seed is revealed when it gave a term; `next_seed` takes its place only where the
// plan reaches a cycle that no publication had reached, so that nobody draws again until
// the outcome suits.
void Publish(Record& record, const internal::StoredPlan& draft, const std::string& plan_id,
             const std::string& reason, std::string next_seed, absl::Time now);

// How many revealed seeds are kept.
inline constexpr int kRevealedSeeds = 20;

}  // namespace jinhuan::alliance::chair
