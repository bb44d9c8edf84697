#pragma once

#include <cstdint>

#include "platform/db/pool.h"

namespace jinhuan::db {

// Deletes what has had its time, in steps of a transaction each, so that none holds many rows:
// `step` deletes up to `limit` of them and returns how many. Until nothing is left; returns how
// many were deleted.
absl::StatusOr<int> ForgetOld(absl::FunctionRef<absl::StatusOr<int64_t>(int limit)> step);

// As above, for a step that is run in a transaction.
absl::StatusOr<int> ForgetOld(
    Pool& pool, absl::FunctionRef<absl::StatusOr<int64_t>(Connection& connection, int limit)> step);

}  // namespace jinhuan::db
