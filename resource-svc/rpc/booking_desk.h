#pragma once

#include <algorithm>
#include <deque>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/booking_store.h"

namespace jinhuan::resource {

// Where bookings that are asked for at the same moment meet and share a transaction: the
// statements and the commit of one serve up to 32. Nothing depends on it for being right;
// the conditions in the database guard every booking, whoever else books beside.
//
// At most `transactions` are under way at a time. A request that comes meanwhile waits in
// line; whoever finishes one hands its place to the first in line, which takes along those
// behind it. A request that is alone is told so at once, and nothing is shared.
//
// Thread-safe.
class BookingDesk {
 public:
  static constexpr size_t kTogether = 32;

  // One transaction for each two processors was measured as the best: fewer bookings
  // share one when there are more, and the database has the other processor.
  BookingDesk(db::Pool& pool, BookingStore& bookings,
              unsigned transactions = std::thread::hardware_concurrency() / 2)
      : pool_(pool), bookings_(bookings), transactions_(std::max(transactions, 1U)) {}

  // What came of a wish: it was booked, or it is to be booked alone by `alone`, or the
  // store can't be reached (UNAVAILABLE).
  //
  // A wish that can't be booked together with the others (no room, a repetition) is booked
  // alone, which gives it its own answer.
  struct Wish {
    BookingStore::New booking;
    const v1::CreateBookingRequest& request;
  };
  absl::Status Book(const Wish& wish, absl::FunctionRef<absl::Status()> alone);

 private:
  struct Place {
    enum class Turn { kWaits, kLeads, kDone };
    const Wish& wish;
    Turn turn = Turn::kWaits;
    absl::Status status = {};  // when done
  };

  // The wishes of the first in line and of those behind it.
  std::vector<Place*> TakeAlong(Place& first) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void HandOver() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status BookTogether(const std::vector<Place*>& places);

  db::Pool& pool_;
  BookingStore& bookings_;
  const unsigned transactions_;
  absl::Mutex mutex_;
  unsigned under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<Place*> line_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::resource
