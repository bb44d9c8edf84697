#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"

namespace jinhuan::db {

// Brings the pool's schema to the newest version: applies, in the order of
// their names, the files `NNNN_what.sql` of `folders` that were not applied
// before, and records each with its SHA-256. Statements end with ';' at the end
// of a line. Safe with several processes starting together: one applies, the
// others wait, until `deadline`.
//
// FAILED_PRECONDITION when an applied file was changed since or is missing,
// UNAVAILABLE when the server can't be reached.
absl::Status Migrate(Pool& pool, const std::vector<std::string>& folders, absl::Time deadline);

}  // namespace jinhuan::db
