#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "platform/db/connection.h"
#include "resource-svc/domain/quota.h"

namespace jinhuan::resource {

// Counts bookings against quotas, under the same guarantee as capacity: a limit
// is kept by the statement that counts. Thread-safe; `window` is a window's whole
// name, and both take uses in the order in which QuotaUses returns them.
class QuotaStore {
 public:
  // Counts one more for each use. RESOURCE_EXHAUSTED / QUOTA_USED_UP when one is
  // at its limit; what the transaction did before must then be rolled back.
  absl::Status Take(db::Connection& connection, const std::string& window,
                    const std::vector<QuotaUse>& uses);

  // Counts one less for each use. The caller makes sure that it happens once.
  absl::Status GiveBack(db::Connection& connection, const std::string& window,
                        const std::vector<QuotaUse>& uses);
};

}  // namespace jinhuan::resource
