#pragma once

#include <string>

#include "alliance-svc/domain/rotation_plan.h"
#include "alliance-svc/domain/rotation_problem.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// A plan as it is kept: what it was made from, what came out, and how it is shown, with
// its differences from what is published.
internal::StoredPlan StorePlan(const Record& record, const Question& question,
                               const rotation::Plan& plan, absl::Time now);

// What the planner was asked and answered, back from how it is kept.
rotation::Problem ProblemOf(const internal::StoredPlan& stored);
rotation::Plan PlanOf(const internal::StoredPlan& stored);

// Puts the terms of `draft`, which is kept as `plan_id` and not stale, in place of what is
// published from its horizon on. Each changed term notes why, with `reason`; open swaps
// of changed terms expire. The seed is revealed, and `next_seed` takes its place.
void Publish(Record& record, const internal::StoredPlan& draft, const std::string& plan_id,
             const std::string& reason, std::string next_seed, absl::Time now);

// How many revealed seeds are kept.
inline constexpr int kRevealedSeeds = 20;

}  // namespace jinhuan::alliance::chair
