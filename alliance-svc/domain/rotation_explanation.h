#pragma once

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// Why the term of a plan is whose it is, by what the plan was made from. `term` is the
// term as it is shown now. Errors: NOT_FOUND / RESOURCE_NOT_FOUND when the plan has no
// such term; RESOURCE_EXHAUSTED / ROTATION_TOO_HARD.
absl::StatusOr<v1::Explanation> Explain(const internal::StoredPlan& plan,
                                        const v1::ChairTerm& term);

}  // namespace jinhuan::alliance::chair
