#pragma once

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_pool.h"

namespace jinhuan::alliance::rotation {

// MakePlan, with a term given to one unit.
absl::StatusOr<Plan> MakePlanWith(const Problem& problem, const Forced& forced, int64_t effort);

}  // namespace jinhuan::alliance::rotation
