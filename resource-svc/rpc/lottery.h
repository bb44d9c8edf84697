#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/lottery_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/quota_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Opens the draws of windows that open by lottery, and draws them once they close
// (docs/adr/0018). Any number of processes may: who draws takes the alliance's turn first, and
// each draw is closed by the transaction that draws it, so it is drawn once. Thread-safe.
class Lottery {
 public:
  struct Stores {
    db::Pool& pool;
    WindowStore& windows;
    SlotStore& slots;
    QuotaStore& quotas;
    BookingStore& bookings;
    LedgerStore& ledger;
    LotteryStore& lotteries;
    MemberStore& members;
  };
  Lottery(const Stores& stores, IdSource& ids) : stores_(stores), ids_(ids) {}

  // Opens and draws all that is due, of a few alliances at once, so that none waits for
  // another; returns how many draws were made. One that fails holds up no other.
  absl::StatusOr<int> Keep(absl::Time now);

  // Opens the draw of an opening of the window, unless it is there; in the caller's transaction.
  absl::Status Open(db::Connection& connection, const api::Call& call, const Supply& supply,
                    const std::vector<Slot>& opening);

 private:
  struct Round;

  absl::Status OpenAllDue(absl::Time now);
  absl::Status OpenDue(const LotteryStore::DueWindow& due, absl::Time now);
  absl::StatusOr<int> DrawAllDue(absl::Time now);
  absl::StatusOr<bool> DrawOne(const std::string& draw, absl::Time now);
  // Adds what a request would get, a booking and its slots; false when it takes no part any more.
  absl::StatusOr<bool> AddWish(db::Connection& connection, const api::Call& call,
                               const v1::LotteryRequest& request, Round& round);
  absl::Status Weigh(db::Connection& connection, const api::Call& call, Round& round);
  // Adds the request whose wish was added last.
  absl::Status AddEntry(db::Connection& connection, size_t request, Round& round);
  // What a limit is called where all can read it: without persons and guests.
  static std::string LimitKey(const QuotaUse& use, const std::string& request, Round& round);
  absl::Status Book(db::Connection& connection, const api::Call& call, Round& round);

  const Stores stores_;
  IdSource& ids_;
};

// The name of the draw that decides over an opening of the window.
std::string DrawOf(const Supply& supply, const std::vector<Slot>& opening);

}  // namespace jinhuan::resource
