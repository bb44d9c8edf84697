#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/quota_store.h"
#include "resource-svc/storage/wait_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Serves waiting lines: who joined first and whose interval and quotas fit gets an offer, as long
// as someone fits. Called right after the transaction that freed places, by who freed them; and
// every second by BookingKeeper, should that process have ended in between. Nothing is lost in
// between: while someone waits, nobody else gets the places (WaitStore). Who has no use of a place
// (its unit is not active, or the cut-off has passed) is passed over and keeps nobody out. Lines
// that are not empty are served again every minute, for what wakes none: a quota that counts in
// other facilities too, a new charter, a unit that is active again. Any number of processes may
// serve: each takes the turn over the slots first. Thread-safe.
class Waitlist {
 public:
  Waitlist(db::Pool& pool, WindowStore& windows, BookingStore& bookings, QuotaStore& quotas,
           MemberStore& members, IdSource& ids)
      : pool_(pool),
        windows_(windows),
        bookings_(bookings),
        quotas_(quotas),
        members_(members),
        ids_(ids) {}

  // Serves what was woken of one window, or with an empty name of all; returns how many offers
  // were made.
  absl::StatusOr<int> Serve(const std::string& window, absl::Time now);

 private:
  struct Round;

  // Whether there are places and quotas for who waits; if so they count as promised.
  absl::StatusOr<bool> Fits(db::Connection& connection, const Supply& supply,
                            const v1::Booking& booking, Round& round);
  absl::StatusOr<int> ServeOne(const WaitStore::Woken& woken, absl::Time now, absl::Time deadline);
  absl::StatusOr<int> ServeOpening(const Supply& supply, const std::vector<Slot>& opening,
                                   absl::Time now, absl::Time deadline);

  db::Pool& pool_;
  WindowStore& windows_;
  BookingStore& bookings_;
  QuotaStore& quotas_;
  MemberStore& members_;
  IdSource& ids_;
  WaitStore waits_;
};

}  // namespace jinhuan::resource
