#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/reshape.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/wait_store.h"

namespace jinhuan::resource {

// Carries a change of supply over to the slots that are counted and the bookings that hold
// them. Thread-safe.
//
// A change is made in the queue of its facility (WindowStore::Queue), after the rows of the
// windows that it changes: from there on nobody makes slot rows by what they were, and Apply
// holds those that are there. So a booking is either counted, and touched, or refused.
class SupplyStore {
 public:
  // An opening is 24 hours long at most, 25 where the clocks go back.
  static constexpr absl::Duration kLongestOpening = absl::Hours(26);
  static const absl::Time kLast;  // nothing begins after it

  SupplyStore(journal::Journal& journal, SlotStore& slots, BookingStore& bookings)
      : journal_(journal), slots_(slots), bookings_(bookings) {}

  // What a window offers before and after, and which slots can be concerned: those that
  // begin in [from, to), with all slots of the bookings that have one of them.
  struct Change {
    const Supply& before;
    const Supply& after;
    std::vector<Slot> closed_before = {};
    std::vector<Slot> closed_after = {};
    absl::Time from;
    absl::Time to;
  };
  // What a change of a window itself concerns: everything from now on.
  static Change Whole(const Supply& before, const Supply& after, std::vector<Slot> closed,
                      absl::Time now);

  // Which bookings the change would take back, as things are; decides nothing.
  absl::StatusOr<std::vector<v1::Booking>> Preview(db::Connection& connection, const Change& change,
                                                   absl::Time now);

  // What becomes of the bookings that a change touches.
  struct Recall {
    bool asked = false;  // else FAILED_PRECONDITION / BOOKINGS_TOUCHED
    std::string reason;
    // Adds to a recalled booking what there is to say, given all of one window.
    std::function<absl::Status(std::vector<v1::Booking>&)> explain = {};
  };
  // Makes the change and answers the bookings that it took back, as they were.
  absl::StatusOr<std::vector<v1::Booking>> Apply(db::Connection& connection, const api::Call& call,
                                                 const Change& change, const Recall& recall);
  // Journals what a recall took of each pass, `taken` being all that it took: so who has one is
  // told once, not day by day.
  absl::Status TellPasses(db::Connection& connection, const api::Call& call,
                          const std::vector<v1::Booking>& taken, const Recall& recall);

 private:
  using Stored = BookingStore::Stored;
  absl::StatusOr<std::vector<Stored>> Live(db::Connection& connection, const Change& change);
  absl::Status TakeBack(db::Connection& connection, const api::Call& call, const Change& change,
                        const Recall& recall, const std::vector<const Stored*>& bookings);

  journal::Journal& journal_;
  SlotStore& slots_;
  BookingStore& bookings_;
  WaitStore waits_;
};

// What is said of bookings that a change touches.
v1::Touched TouchedBy(std::vector<v1::Booking> bookings);

}  // namespace jinhuan::resource
