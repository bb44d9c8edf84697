#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "resource-svc/domain/reshape.h"

namespace jinhuan::resource {

// Counts the places that are taken, slot by slot. Nothing else decides whether there is
// room: a slot's row holds what may be taken, and whoever changes the supply changes the
// rows (SupplyStore). Thread-safe; `window` is a window's whole name.
//
// A count changes by one conditional UPDATE over the slots of an interval, in the order
// of the key. Rows are made on demand, by Prepare alone.
class SlotStore {
 public:
  // Takes `quantity` places in each of `slots`, all or none, for as long as the
  // transaction lives. RESOURCE_EXHAUSTED / SLOT_FULL when a slot has no room or
  // no row; what the transaction did before must then be rolled back. Its rows are
  // the hottest there are: the last thing to do before COMMIT. A slot that others wait for is
  // full, but for who comes `from_line`.
  absl::Status Take(db::Connection& connection, const std::string& window,
                    const std::vector<Slot>& slots, int quantity, bool from_line = false);

  // Takes places for several bookings at once. RESOURCE_EXHAUSTED or a failed CHECK when
  // one does not fit or has no row, of which is not said; else as Take.
  struct Claim {
    std::string_view window;
    const std::vector<Slot>& slots;
    int quantity;
  };
  absl::Status TakeAll(db::Connection& connection, const std::vector<Claim>& claims);

  // Gives back `quantity` places in each slot that begins in [from, to); returns how many
  // slots those are, which the caller compares with what was taken.
  absl::StatusOr<int64_t> GiveBackBetween(db::Connection& connection, const std::string& window,
                                          absl::Time from, absl::Time to, int quantity);

  // Finds out, after a rollback, why Take refused. OK: read the window anew and try again;
  // rows were missing and those of the whole `opening` are there now, or a place was given
  // back, or the window has changed since it was read as `supply`. Else RESOURCE_EXHAUSTED
  // / SLOT_FULL with the first full slot or the first that others wait for, FAILED_PRECONDITION /
  // WINDOW_CLOSED when one is closed, LOTTERY_OPEN when the window opens by lottery and the
  // rows are missing: only the draw makes them.
  absl::Status Prepare(db::Pool& pool, absl::Time deadline, const Supply& supply,
                       const std::vector<Slot>& slots, int quantity,
                       const std::vector<Slot>& opening);

  // Makes the rows of an opening that are missing, as the window has been read; false, and
  // nothing is made, when it has changed since.
  absl::StatusOr<bool> Make(db::Connection& connection, const Supply& supply,
                            const std::vector<Slot>& opening);

  // The rows of the slots that begin in [from, to).
  absl::StatusOr<SlotCounts> Counts(db::Connection& connection, const std::string& window,
                                    absl::Time from, absl::Time to);

  // As Counts, and for as long as the transaction lives nobody takes or gives back a place
  // of theirs. Set must follow, with all of them.
  absl::StatusOr<SlotCounts> Hold(db::Connection& connection, const std::string& window,
                                  absl::Time from, absl::Time to);
  absl::Status Set(db::Connection& connection, const std::string& window, const SlotCounts& counts);
};

}  // namespace jinhuan::resource
