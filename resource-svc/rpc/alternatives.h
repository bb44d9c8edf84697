#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "platform/db/connection.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Finds other places for bookings that are taken back. Thread-safe. What it finds is an
// offer and no promise: whoever takes it up books, and may come too late.
class Alternatives {
 public:
  Alternatives(FacilityStore& facilities, WindowStore& windows, ClosureStore& closures,
               SlotStore& slots, MemberStore& members)
      : facilities_(facilities),
        windows_(windows),
        closures_(closures),
        slots_(slots),
        members_(members) {}

  // Adds to each of `bookings`, all of `facility`, up to 5 windows of other facilities of
  // its kind that are open to its unit at the same time and have room at `now`, the nearest
  // first. The first offers of all of them fit together.
  absl::Status Offer(db::Connection& connection, const v1::Facility& facility, absl::Time now,
                     std::vector<v1::Booking>& bookings);

 private:
  // A window that could be offered, with how much room it has.
  struct Candidate {
    Supply supply;
    double metres = 0;
    SlotCounts counts;
    std::vector<Slot> closed;
  };
  absl::StatusOr<std::vector<Candidate>> Find(db::Connection& connection,
                                              const v1::Facility& facility, absl::Time from,
                                              absl::Time to);

  FacilityStore& facilities_;
  WindowStore& windows_;
  ClosureStore& closures_;
  SlotStore& slots_;
  MemberStore& members_;
};

}  // namespace jinhuan::resource
