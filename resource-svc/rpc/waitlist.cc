#include "resource-svc/rpc/waitlist.h"

#include <algorithm>
#include <deque>
#include <map>

#include "absl/time/clock.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/rpc/active_units.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr int kBatch = 100;
constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr absl::Duration kAgain = absl::Minutes(1);

using Counts = std::map<absl::Time, WaitStore::Counts>;
using Range = std::pair<Counts::iterator, Counts::iterator>;

// The counts of the slots that a booking lies in.
Range RangeOf(Counts& counts, const v1::Booking& booking) {
  return {counts.lower_bound(api::FromProto(booking.start_time())),
          counts.lower_bound(api::FromProto(booking.end_time()))};
}

bool HasPlaces(Counts& counts, const v1::Booking& booking) {
  const auto [first, last] = RangeOf(counts, booking);
  if (first == last) return false;
  return std::all_of(first, last, [&](const auto& slot) {
    return slot.second.used + booking.quantity() <= slot.second.capacity;
  });
}

}  // namespace

absl::StatusOr<int> Waitlist::Serve(const std::string& window, absl::Time now) {
  const absl::Time deadline = absl::Now() + kPatience;
  JH_ASSIGN_OR_RETURN(
      const auto woken,
      db::Read<std::vector<WaitStore::Woken>>(pool_, deadline, [&](db::Connection& connection) {
        return waits_.ListWoken(connection, window, now, kBatch);
      }));
  int offers = 0;
  absl::Status failed;  // one that can't be served does not keep the others waiting
  for (const WaitStore::Woken& each : woken) {
    const absl::StatusOr<int> made = ServeOne(each, now, deadline);
    if (!made.ok()) {
      failed.Update(made.status());
      failed.Update(db::InTransaction(pool_, deadline, [&](db::Connection& c) {
        return waits_.PutOff(c, each, now + kAgain);
      }));
    }
    offers += made.value_or(0);
  }
  if (!failed.ok()) return failed;
  return offers;
}

absl::StatusOr<int> Waitlist::ServeOne(const WaitStore::Woken& woken, absl::Time now,
                                       absl::Time deadline) {
  Supply supply;
  std::map<absl::Time, std::vector<Slot>> openings;
  const absl::Status read = db::Read(pool_, deadline, [&](db::Connection& c) -> absl::Status {
    JH_ASSIGN_OR_RETURN(supply, windows_.GetSupply(c, woken.window));
    const WindowCalendar calendar = CalendarOf(supply);
    const auto add = [&](absl::Time time) {
      std::vector<Slot> opening = calendar.OpeningAt(time);
      if (!opening.empty()) openings[opening.front().start] = std::move(opening);
    };
    add(woken.from);
    JH_ASSIGN_OR_RETURN(const auto line, bookings_.Line(c, woken.window, woken.from, woken.to));
    for (const auto& each : line) add(api::FromProto(each.booking.start_time()));
    return absl::OkStatus();
  });
  if (!read.ok() && !absl::IsNotFound(read)) return read;
  int offers = 0;
  for (const auto& [start, opening] : openings) {
    JH_ASSIGN_OR_RETURN(const int made, ServeOpening(supply, opening, now, deadline));
    offers += made;
  }
  JH_RETURN_IF_ERROR(db::InTransaction(
      pool_, deadline, [&](db::Connection& c) { return waits_.Served(c, woken, now + kAgain); }));
  return offers;
}

// Who of a line gets an offer, as things are in the transaction that has the turn.
struct Waitlist::Round {
  Counts counts;                        // of the slots, with what was offered
  std::map<std::string, int> promised;  // of each quota, what was offered
  std::map<absl::Time, int> waiting;    // of each slot, who goes on waiting
  std::deque<v1::Booking> offered;      // which stay where they are
  std::vector<BookingStore::Step> steps;
};

absl::StatusOr<bool> Waitlist::Fits(db::Connection& connection, const Supply& supply,
                                    const v1::Booking& booking, Round& round) {
  if (!HasPlaces(round.counts, booking)) return false;
  const std::vector<QuotaUse> uses = QuotaUses(supply, booking);
  for (const QuotaUse& use : uses) {
    JH_ASSIGN_OR_RETURN(const int count, quotas_.Count(connection, booking.window(), use));
    if (count + round.promised[use.scope + use.subject + use.period] >= use.limit) return false;
  }
  for (const QuotaUse& use : uses) ++round.promised[use.scope + use.subject + use.period];
  return true;
}

absl::StatusOr<int> Waitlist::ServeOpening(const Supply& supply, const std::vector<Slot>& opening,
                                           absl::Time now, absl::Time deadline) {
  const std::string& window = supply.window.name();
  const api::Call call = api::OwnCall("services/resource-svc", "jinhuan.resource.v1.Waitlist/Serve",
                                      ids_, now, deadline, api::AllianceOf(window));
  int offers = 0;
  JH_RETURN_IF_ERROR(db::InTransaction(pool_, deadline, [&](db::Connection& c) -> absl::Status {
    Round round;
    ActiveUnits active_units(members_);
    JH_ASSIGN_OR_RETURN(round.counts, waits_.TakeTurn(c, window, opening));
    JH_ASSIGN_OR_RETURN(const auto line,
                        bookings_.Line(c, window, opening.front().start, opening.back().end));
    for (const BookingStore::Stored& each : line) {
      // Who waits in vain is taken out of the line by the clock.
      if (now >= OfferableUntil(each.booking, supply.window)) continue;
      JH_ASSIGN_OR_RETURN(const bool active, active_units.Has(c, each.booking.member()));
      if (!active) continue;
      JH_ASSIGN_OR_RETURN(const bool fits, Fits(c, supply, each.booking, round));
      const auto [first, last] = RangeOf(round.counts, each.booking);
      for (auto slot = first; slot != last; ++slot) {
        if (fits) slot->second.used += each.booking.quantity();
        if (!fits) ++round.waiting[slot->first];
      }
      if (!fits) continue;
      round.offered.push_back(Offered(each.booking, supply.window, now));
      round.steps.push_back({.supply = supply, .before = each, .after = round.offered.back()});
    }
    if (!round.steps.empty()) {
      const absl::Status moved = bookings_.MoveAll(c, call, round.steps);
      // A quota went meanwhile: look again.
      if (absl::IsResourceExhausted(moved)) return db::RetryTransaction();
      JH_RETURN_IF_ERROR(moved);
    }
    for (const auto& [start, count] : round.counts) {
      if (count.waiting == round.waiting[start]) continue;
      JH_RETURN_IF_ERROR(waits_.SetWaiting(c, window, start, round.waiting[start]));
    }
    offers = static_cast<int>(round.steps.size());
    return absl::OkStatus();
  }));
  return offers;
}

}  // namespace jinhuan::resource
