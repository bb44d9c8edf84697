#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/connection.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {

// Keeps what waiting lines need beside the WAITLISTED bookings themselves: how many wait for each
// slot, and which lines are to be served. Thread-safe; `window` is a window's whole name.
//
// While someone waits for a slot, SlotStore lets nobody else take a place in it, so what comes
// free is there for the line however soon it is served (rpc/waitlist.h).
class WaitStore {
 public:
  // The most who may wait for one slot.
  static constexpr int kMaxWaiting = 100;

  // Counts one more who waits for each of `slots`, whose rows must be there, and wakes the line:
  // a place may have come free meanwhile. The statement that counts is the one that looks whether
  // there can ever be room for `quantity`: who closes the slots holds the same rows, so nobody
  // joins behind a closure's back. FAILED_PRECONDITION / WINDOW_CLOSED; RESOURCE_EXHAUSTED /
  // SLOT_FULL, WAITLIST_FULL. Hot rows: the last thing to do before COMMIT.
  absl::Status Join(db::Connection& connection, const std::string& window,
                    const std::vector<Slot>& slots, int quantity);

  // Asks for the lines of the window's slots in [from, to) to be served; in the transaction that
  // frees places, raises a capacity, or takes someone out of a line.
  absl::Status Wake(db::Connection& connection, const std::string& window, absl::Time from,
                    absl::Time to);
  // The same if anyone waits for one of these slots, whose rows the transaction has changed.
  absl::Status WakeIfAwaited(db::Connection& connection, const std::string& window, absl::Time from,
                             absl::Time to);

  // The same for every line of the window, if there is one: a quota has room again, which counts
  // in all of them.
  absl::Status WakeAll(db::Connection& connection, const std::string& window);

  // What is to be served.
  struct Woken {
    std::string alliance_id;
    std::string id;
    std::string window;
    absl::Time from;
    absl::Time to;
  };
  // Of one window, or with an empty name of all; what is due at `now`, at most `limit`.
  absl::StatusOr<std::vector<Woken>> ListWoken(db::Connection& connection,
                                               const std::string& window, absl::Time now,
                                               int limit);
  // Forgets one that was served. While anyone waits in the window, its lines are due once more at
  // `again`, since nothing wakes them when a quota that counts elsewhere too has room.
  absl::Status Served(db::Connection& connection, const Woken& woken, absl::Time again);
  // Leaves one that could not be served until then, so that it keeps no other waiting.
  absl::Status PutOff(db::Connection& connection, const Woken& woken, absl::Time until);

  // A slot's counts.
  struct Counts {
    int used = 0;
    int capacity = 0;
    int waiting = 0;
  };
  // Takes the turn over the slots of an opening for as long as the transaction lives, of which it
  // is the first statement, and reads their counts. A slot without a row is not in the result.
  absl::StatusOr<std::map<absl::Time, Counts>> TakeTurn(db::Connection& connection,
                                                        const std::string& window,
                                                        const std::vector<Slot>& opening);
  // Sets how many wait for a slot, for who has the turn.
  absl::Status SetWaiting(db::Connection& connection, const std::string& window, absl::Time start,
                          int waiting);

 private:
  // From the start of the first to the end of the last who waits in the window.
  static absl::StatusOr<std::optional<Slot>> Lines(db::Connection& connection,
                                                   const std::string& window);
  static absl::Status WhyNot(db::Connection& connection, const std::string& window,
                             const std::vector<Slot>& slots, int quantity);
};

}  // namespace jinhuan::resource
