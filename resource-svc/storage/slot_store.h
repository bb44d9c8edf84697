#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {

// Counts the places that are taken, slot by slot. Nothing else decides whether
// there is room. Thread-safe; `window` is a window's whole name.
//
// A count changes by one conditional UPDATE over the slots of an interval, in the
// order of the key. Rows are made on demand, by Prepare.
class SlotStore {
 public:
  // Takes `quantity` places in each of `slots`, all or none, for as long as the
  // transaction lives. RESOURCE_EXHAUSTED / SLOT_FULL when a slot has no room or
  // no row; what the transaction did before must then be rolled back. Its rows are
  // the hottest there are: the last thing to do before COMMIT. A slot that others wait for is
  // full, but for who comes `from_line`.
  absl::Status Take(db::Connection& connection, const std::string& window,
                    const std::vector<Slot>& slots, int quantity, bool from_line = false);

  // Takes places for several bookings at once, making the rows that are missing.
  // RESOURCE_EXHAUSTED or a failed CHECK when one does not fit, of which is not said;
  // else as Take.
  struct Claim {
    std::string_view window;
    const std::vector<Slot>& slots;
    int quantity;
    int capacity;
  };
  absl::Status TakeAll(db::Connection& connection, const std::vector<Claim>& claims);

  // Gives back what Take took. The caller makes sure that it happens once.
  absl::Status GiveBack(db::Connection& connection, const std::string& window,
                        const std::vector<Slot>& slots, int quantity);

  // Gives back `quantity` places in each slot that begins in [from, to); returns how many
  // slots those are, which the caller compares with what was taken.
  absl::StatusOr<int64_t> GiveBackBetween(db::Connection& connection, const std::string& window,
                                          absl::Time from, absl::Time to, int quantity);

  // Finds out, after a rollback, why Take refused. OK: try again; rows were
  // missing, and those of the whole `opening` are there now, or a place was given
  // back meanwhile. Else RESOURCE_EXHAUSTED / SLOT_FULL with the first full slot, or the first
  // that others wait for.
  absl::Status Prepare(db::Pool& pool, absl::Time deadline, const std::string& window,
                       const std::vector<Slot>& slots, int quantity,
                       const std::vector<Slot>& opening, int capacity);

  // How many places are taken in each of `slots` (consecutive ones of the window),
  // by start; one that is not in the result has none taken.
  absl::StatusOr<std::map<absl::Time, int>> Used(db::Connection& connection,
                                                 const std::string& window,
                                                 const std::vector<Slot>& slots);
};

}  // namespace jinhuan::resource
