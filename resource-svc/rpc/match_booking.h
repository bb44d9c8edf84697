#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Books what an agreed match names, in the transaction that agrees, by what CreateBooking
// books with: BookingStore::Create. The only place where the exchange meets bookings.
// Thread-safe.
class MatchBooking {
 public:
  MatchBooking(db::Pool& pool, WindowStore& windows, SlotStore& slots, BookingStore& bookings)
      : pool_(pool), windows_(windows), slots_(slots), bookings_(bookings) {}

  // Books the window of the terms for the taking unit, under the name that the match has
  // for it. Errors: INVALID_ARGUMENT / FIELD_INVALID unless the giving unit lends it as a venue or
  // a service; else what CreateBooking refuses with.
  absl::Status Book(db::Connection& connection, const api::Call& call, const v1::Match& match);

  // After a rollback for want of room: whether to try again; see SlotStore::Prepare.
  absl::Status MakeRoom(const api::Call& call, const v1::MatchTerms& terms);

  // Cancels the booking of a match that is withdrawn, unless it is over already.
  absl::Status Cancel(db::Connection& connection, const api::Call& call, const std::string& booking,
                      const std::string& reason);

 private:
  db::Pool& pool_;
  WindowStore& windows_;
  SlotStore& slots_;
  BookingStore& bookings_;
};

}  // namespace jinhuan::resource
