#pragma once

#include "absl/status/status.h"

namespace sql {
class SQLException;
}

namespace jinhuan::db {

// What a failed statement means to its transaction. This and errors.cc are the
// only places that know the server's error numbers.
enum class Failure {
  kDuplicate,  // a unique key is taken (1062)
  kCheck,      // a CHECK refused (4025, 3819)
  kRetry,      // deadlock, lock wait, snapshot: nothing happened, run it again (1213, 1205, 1020)
  kLost,       // the connection is gone (2002, 2006, 2013, 2030, 1047, 1927)
  kTimeout,    // the statement's time ran out (1969): see Pool::Acquire
  kOther,      // a fault of ours
};

// The status of a driver's exception: a neutral text for callers, with the
// failure as a payload. The raw text and the statement (without its values) are
// logged where they tell of a fault.
absl::Status ToStatus(const sql::SQLException& error, const char* statement);

// The failure that `status` carries; kOther when it carries none.
Failure FailureOf(const absl::Status& status);

inline bool IsDuplicate(const absl::Status& status) {
  return FailureOf(status) == Failure::kDuplicate;
}

// A status that makes InTransaction run its body again, for a compare-and-swap
// that lost its race.
absl::Status RetryTransaction();

}  // namespace jinhuan::db
