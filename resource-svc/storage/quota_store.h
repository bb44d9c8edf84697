#pragma once

#include <string>
#include <string_view>
#include <utility>
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
  // Counts one more for each use. RESOURCE_EXHAUSTED / QUOTA_USED_UP, of passes
  // PASS_PLACES_TAKEN, of a meal MEAL_TAKEN or GUEST_HAS_MEAL, when one is at its limit; what the
  // transaction did before must then be rolled back.
  absl::Status Take(db::Connection& connection, const std::string& window,
                    const std::vector<QuotaUse>& uses);

  // Counts the uses of several bookings at once; each is a window with what a booking
  // of it adds to. RESOURCE_EXHAUSTED or a failed CHECK when a limit does not allow it,
  // of which is not said; what the transaction did before must then be rolled back.
  using UsesOfWindow = std::pair<std::string_view, std::vector<QuotaUse>>;
  absl::Status TakeAll(db::Connection& connection, const std::vector<UsesOfWindow>& uses);

  // How many bookings a use counts; nothing that decides, only what saves the trying.
  absl::StatusOr<int> Count(db::Connection& connection, const std::string& window,
                            const QuotaUse& use);

  // Counts one less for each use. The caller makes sure that it happens once.
  absl::Status GiveBack(db::Connection& connection, const std::string& window,
                        const std::vector<QuotaUse>& uses);
};

}  // namespace jinhuan::resource
