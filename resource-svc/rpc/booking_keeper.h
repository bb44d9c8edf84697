#pragma once

#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"
#include "resource-svc/rpc/lottery.h"
#include "resource-svc/rpc/waitlist.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Records what the clock does to bookings (booking_clock.h): those that expire, are not come to,
// are over; serves the lines for what that frees; and draws the lots that are due (Lottery).
// Readers and whoever decides see the same at once, so nothing depends on how soon it is recorded
// but places that wait to be given back. Any number of processes may: each counts up a row first,
// so they take turns, and every booking is moved by compare-and-swap, so once.
class BookingKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    WindowStore& windows;
    BookingStore& bookings;
    Waitlist& waitlist;
    Lottery& lottery;
    IdSource& ids;
    const Clock& clock;
  };

  // Starts the thread, which looks every second.
  explicit BookingKeeper(const Deps& deps);

  // What the thread does each time, until nothing is due; for tests that want it done now.
  // Returns how many bookings it moved.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::resource
