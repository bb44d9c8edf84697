#pragma once

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

}  // namespace jinhuan::alliance::chair
