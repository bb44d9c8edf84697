#pragma once

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_plan.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// What it would take to give the term of that name, which belongs to the plan, to each
// other unit; depends on the two alone. It plans anew for each, which takes its time.
// Errors: NOT_FOUND / RESOURCE_NOT_FOUND when the plan has no such term;
// RESOURCE_EXHAUSTED / ROTATION_TOO_HARD.
absl::StatusOr<std::vector<rotation::Alternative>> AlternativesTo(const internal::StoredPlan& plan,
                                                                  const std::string& term);

// Why the term of a plan is whose it is, by what the plan was made from. `term` is the
// term as it is shown now, `alternatives` are AlternativesTo it.
v1::Explanation Explain(const internal::StoredPlan& plan, const v1::ChairTerm& term,
                        const std::vector<rotation::Alternative>& alternatives);

}  // namespace jinhuan::alliance::chair
