#pragma once

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_record.h"
#include "jinhuan/alliance/v1/rotation_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::chair {

// Whether a request for a plan is one, as the comments of rotation_service.proto state;
// the parent's form and what depends on the record aside.
void CheckPlanRequest(const v1::PlanRotationRequest& request, Violations& violations);

// Plans as the request asks at `now`, with its suppositions, and checks the plan again by
// the independent validator. Errors: INVALID_ARGUMENT / FIELD_INVALID where the first date
// or a supposition does not fit the record; NOT_FOUND / RESOURCE_NOT_FOUND for a unit
// that is supposed; FAILED_PRECONDITION / ROTATION_POOL_EMPTY naming the term;
// RESOURCE_EXHAUSTED / ROTATION_TOO_HARD; INTERNAL when the validator disagrees.
absl::StatusOr<internal::StoredPlan> MakeDraft(const Record& record,
                                               const v1::PlanRotationRequest& request,
                                               absl::Time now);

}  // namespace jinhuan::alliance::chair
