#include "resource-svc/rpc/booking_keeper.h"

#include <deque>
#include <map>

#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kPause = absl::Seconds(1);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;  // so many bookings share a transaction

// Moves bookings of one alliance by the clock.
absl::Status MoveByClock(const BookingKeeper::Deps& deps, db::Connection& connection,
                         const api::Call& call, const std::vector<BookingStore::Stored>& due) {
  std::map<std::string, Supply> supplies;
  std::deque<v1::Booking> after;  // which stay where they are
  std::vector<BookingStore::Step> steps;
  for (const BookingStore::Stored& each : due) {
    const std::string& window = each.booking.window();
    if (supplies.count(window) == 0) {
      JH_ASSIGN_OR_RETURN(supplies[window], deps.windows.GetSupply(connection, window));
    }
    after.push_back(NextByClock(each.booking, call.now).value_or(each.booking));
    steps.push_back({.supply = supplies[window], .before = each, .after = after.back()});
  }
  return deps.bookings.MoveAll(connection, call, steps);
}

// Moves up to `limit` bookings, after the first `skip` of what is due, in one transaction.
absl::Status MoveDue(const BookingKeeper::Deps& deps, absl::Time now, int limit, int skip,
                     Piece& piece) {
  const absl::Time deadline = absl::Now() + kPatience;
  api::Call call = api::OwnCall("services/resource-svc", "jinhuan.resource.v1.BookingKeeper/Keep",
                                deps.ids, now, deadline);
  return db::InTransaction(deps.pool, deadline, [&](db::Connection& c) -> absl::Status {
    piece = {};
    JH_RETURN_IF_ERROR(deps.bookings.TakeTurn(c));
    JH_ASSIGN_OR_RETURN(const auto due, deps.bookings.Due(c, now, skip + limit));
    std::map<std::string, std::vector<BookingStore::Stored>> by_alliance;
    for (size_t i = static_cast<size_t>(skip); i < due.size(); ++i) {
      if (piece.found++ == 0) piece.first = due[i].booking.name();
      by_alliance[api::AllianceOf(due[i].booking.name())].push_back(due[i]);
    }
    for (const auto& [alliance, bookings] : by_alliance) {
      call.alliance = alliance;
      JH_RETURN_IF_ERROR(MoveByClock(deps, c, call, bookings));
    }
    piece.moved = piece.found;
    return absl::OkStatus();
  });
}

}  // namespace

BookingKeeper::BookingKeeper(const Deps& deps)
    : repeater_("bookings", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> BookingKeeper::Keep(const Deps& deps, absl::Time now) {
  // None waits for another.
  const auto moved = KeepDue("bookings", kTogether, [&](int limit, int skip, Piece& piece) {
    return MoveDue(deps, now, limit, skip, piece);
  });
  const absl::Status served = deps.waitlist.Serve("", now).status();
  JH_RETURN_IF_ERROR(deps.lottery.Keep(now).status());
  JH_RETURN_IF_ERROR(served);
  return moved;
}

}  // namespace jinhuan::resource
