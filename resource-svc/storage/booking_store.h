#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/internal/v1/holding.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/quota_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/wait_store.h"

namespace jinhuan::resource {

// Keeps bookings. Thread-safe. A booking, what it counts against and its journal
// entry change in one transaction, the caller's; rows that many bookings share
// come last and in one order, so that they are held shortly and in no circle.
class BookingStore {
 public:
  BookingStore(journal::Journal& journal, SlotStore& slots, QuotaStore& quotas, LedgerStore& ledger)
      : journal_(journal), slots_(slots), quotas_(quotas), ledger_(ledger) {}

  // Adds a booking, which takes `slots` if its state holds places. RESOURCE_EXHAUSTED /
  // QUOTA_USED_UP, SLOT_FULL (also when rows of `slots` are missing: see
  // SlotStore::Prepare). One that is WAITLISTED joins the line: WAITLIST_FULL, also for want
  // of rows.
  absl::Status Create(db::Connection& connection, const api::Call& call, const Supply& supply,
                      const std::vector<Slot>& slots, const v1::Booking& booking);

  // A booking that is to be added, with the call that asks for it.
  struct New {
    const api::Call& call;
    const Supply& supply;
    const std::vector<Slot>& slots;
    const v1::Booking& booking;
  };
  // Adds several at once, all or none; all hold places. RESOURCE_EXHAUSTED or a failed CHECK
  // when one of them does not fit, of which is not said.
  absl::Status CreateAll(db::Connection& connection, const std::vector<New>& bookings);

  // A booking with the version it was read at, and what it has taken (nothing told in
  // rows of older releases: then it is what its window says).
  struct Stored {
    v1::Booking booking;
    int64_t version = 0;
    std::optional<internal::v1::Holding> held = {};
  };

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<Stored> Get(db::Connection& connection, const std::string& name);

  // One change of one booking.
  struct Step {
    const Supply& supply;      // its window
    const Stored& before;      // as it was read
    const v1::Booking& after;  // as it shall be, with its new state
    std::string reason = {};   // for the journal
    // Gives the slots from here on back although the new state holds places: who leaves early
    // does not need them.
    std::optional<absl::Time> leave_from = {};
  };

  // Makes a change: a compare-and-swap on the booking's version and state, its journal entry,
  // and what follows from its states (booking_life.h): quotas and places are given back when
  // the new state does not hold them, and taken when only the new one does; what is COMPLETED
  // enters the ledger; so each happens once. FAILED_PRECONDITION / STATE_WRONG when its life has no
  // such step; RetryTransaction() when it changed since it was read; QUOTA_USED_UP, SLOT_FULL as
  // Create.
  absl::StatusOr<v1::Booking> Move(db::Connection& connection, const api::Call& call,
                                   const Step& step);

  // Makes several changes in one transaction, all or none, each booking once.
  absl::Status MoveAll(db::Connection& connection, const api::Call& call, std::vector<Step> steps);

  // Which bookings to list: those of `user`, those of `units` and those that `lenders` lend
  // together; or with `everyone` all; or, where `window` or `pass` is set, those of that window or
  // the days of that pass. Days of a pass are not among those of its user.
  struct Filter {
    bool everyone = false;
    std::string user = {};                  // an account's name; empty: nobody's
    std::vector<std::string> units = {};    // members' names
    std::vector<std::string> lenders = {};  // members' names
    std::string window = {};                // a window's name
    std::string pass = {};                  // a pass's name
    v1::Booking::State state = v1::Booking::STATE_UNSPECIFIED;  // unspecified: every one
    std::optional<absl::Time> end_after = {};
    std::optional<absl::Time> start_before = {};
  };

  // A page of bookings of an alliance, the newest start first, with one more than
  // it holds if there is one. PageKey says what comes after a booking. What it costs
  // depends on the page and the number of subjects, not on how many bookings there are.
  absl::StatusOr<std::vector<v1::Booking>> List(db::Connection& connection,
                                                const std::string& alliance, const Filter& filter,
                                                const api::Page& page);
  static std::vector<std::string> PageKey(const v1::Booking& booking);
  static constexpr size_t kPageColumns = 2;

  // Bookings of a window that are not over and overlap [from, to), at most `limit` of each
  // state; for who must move them.
  absl::StatusOr<std::vector<Stored>> LiveIn(db::Connection& connection, const std::string& window,
                                             absl::Time from, absl::Time to, int limit);

  // Bookings of an alliance for a plate (in its normal form) that are not over and overlap
  // [from, to).
  absl::StatusOr<std::vector<Stored>> LiveOfPlate(db::Connection& connection,
                                                  const std::string& alliance,
                                                  const std::string& plate, absl::Time from,
                                                  absl::Time to);

  // The days of a pass that are not over, as recorded; for who must move them.
  absl::StatusOr<std::vector<Stored>> LiveDays(db::Connection& connection, const std::string& pass);
  // Says in `pass` how many of its days are left at `now`, which is the next, and how many were
  // recalled.
  absl::Status CountDays(db::Connection& connection, absl::Time now, v1::Pass& pass);

  // The bookings that wait for slots of a window in [from, to), in the order of the line: by when
  // they joined, which is the order of their ids (UUIDv7).
  absl::StatusOr<std::vector<Stored>> Line(db::Connection& connection, const std::string& window,
                                           absl::Time from, absl::Time to);
  // How many wait before `booking` for a slot that it waits for too.
  absl::StatusOr<int> WaitingBefore(db::Connection& connection, const v1::Booking& booking);

  // What the clock moves at `now` or before, the longest due first, at most `limit`; of all
  // alliances.
  absl::StatusOr<std::vector<Stored>> Due(db::Connection& connection, absl::Time now, int limit);
  // Takes the turn to move what is due, for as long as the transaction lives, of which it is the
  // first statement: so that two processes do not try the same.
  absl::Status TakeTurn(db::Connection& connection);

 private:
  // The rows and the journal entries of new bookings.
  absl::Status Insert(db::Connection& connection, const std::vector<New>& bookings);
  absl::Status SwapRow(db::Connection& connection, const Step& step,
                       const internal::v1::Holding& held);

  journal::Journal& journal_;
  SlotStore& slots_;
  QuotaStore& quotas_;
  LedgerStore& ledger_;
  WaitStore waits_;
};

}  // namespace jinhuan::resource
