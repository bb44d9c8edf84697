#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/storage/quota_store.h"
#include "resource-svc/storage/slot_store.h"

namespace jinhuan::resource {

// Keeps bookings. Thread-safe. A booking, what it counts against and its journal
// entry change in one transaction, the caller's; rows that many bookings share
// come last and in one order, so that they are held shortly and in no circle.
class BookingStore {
 public:
  BookingStore(journal::Journal& journal, SlotStore& slots, QuotaStore& quotas)
      : journal_(journal), slots_(slots), quotas_(quotas) {}

  // Adds a confirmed booking, which takes `slots`. RESOURCE_EXHAUSTED /
  // QUOTA_USED_UP, SLOT_FULL (also when rows of `slots` are missing: see
  // SlotStore::Prepare).
  absl::Status Create(db::Connection& connection, const api::Call& call, const Supply& supply,
                      const std::vector<Slot>& slots, const v1::Booking& booking);

  // A confirmed booking that is to be added, with the call that asks for it.
  struct New {
    const api::Call& call;
    const Supply& supply;
    const std::vector<Slot>& slots;
    const v1::Booking& booking;
  };
  // Adds several at once, all or none. RESOURCE_EXHAUSTED or a failed CHECK when one of
  // them does not fit, of which is not said.
  absl::Status CreateAll(db::Connection& connection, const std::vector<New>& bookings);

  // A booking with the version it was read at.
  struct Stored {
    v1::Booking booking;
    int64_t version = 0;
  };

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<Stored> Get(db::Connection& connection, const std::string& name);

  // Withdraws a confirmed booking, read as `before`, at call.now, and gives back
  // what it took. RetryTransaction() when it changed since: so it happens once.
  absl::StatusOr<v1::Booking> Cancel(db::Connection& connection, const api::Call& call,
                                     const Supply& supply, const Stored& before,
                                     const std::string& reason);

  // Which bookings to list. Those of `user` and those of `units` together, or
  // with `everyone` all.
  struct Filter {
    bool everyone = false;
    std::string user;                                           // an account's name
    std::vector<std::string> units;                             // members' names
    v1::Booking::State state = v1::Booking::STATE_UNSPECIFIED;  // unspecified: every one
    std::optional<absl::Time> end_after;
  };

  // A page of bookings of an alliance, the newest start first, with one more than
  // it holds if there is one. PageKey says what comes after a booking.
  absl::StatusOr<std::vector<v1::Booking>> List(db::Connection& connection,
                                                const std::string& alliance, const Filter& filter,
                                                const api::Page& page);
  static std::vector<std::string> PageKey(const v1::Booking& booking);
  static constexpr size_t kPageColumns = 2;

 private:
  // The rows and the journal entries of new bookings.
  absl::Status Insert(db::Connection& connection, const std::vector<New>& bookings);

  journal::Journal& journal_;
  SlotStore& slots_;
  QuotaStore& quotas_;
};

}  // namespace jinhuan::resource
