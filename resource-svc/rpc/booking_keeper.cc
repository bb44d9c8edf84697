#include "resource-svc/rpc/booking_keeper.h"

#include <deque>
#include <map>

#include "absl/time/clock.h"
#include "platform/api/resource_name.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kPause = absl::Seconds(1);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;  // so many bookings share a transaction

api::Call CallAt(IdSource& ids, absl::Time now, absl::Time deadline) {
  api::Call call;
  call.method = "jinhuan.resource.v1.BookingKeeper/Keep";
  call.request = ids.NewId();
  call.caller.set_name("services/resource-svc");
  call.now = now;
  call.deadline = deadline;
  return call;
}

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

// Moves up to `limit` bookings, after the first `skip` of what is due, in one transaction;
// returns how many were there.
absl::StatusOr<int> MoveDue(const BookingKeeper::Deps& deps, absl::Time now, int limit, int skip) {
  const absl::Time deadline = absl::Now() + kPatience;
  api::Call call = CallAt(deps.ids, now, deadline);
  int moved = 0;
  JH_RETURN_IF_ERROR(db::InTransaction(deps.pool, deadline, [&](db::Connection& c) -> absl::Status {
    JH_RETURN_IF_ERROR(deps.bookings.TakeTurn(c));
    JH_ASSIGN_OR_RETURN(const auto due, deps.bookings.Due(c, now, skip + limit));
    std::map<std::string, std::vector<BookingStore::Stored>> by_alliance;
    moved = 0;
    for (size_t i = static_cast<size_t>(skip); i < due.size(); ++i, ++moved) {
      by_alliance[api::AllianceOf(due[i].booking.name())].push_back(due[i]);
    }
    for (const auto& [alliance, bookings] : by_alliance) {
      call.alliance = alliance;
      JH_RETURN_IF_ERROR(MoveByClock(deps, c, call, bookings));
    }
    return absl::OkStatus();
  }));
  return moved;
}

}  // namespace

BookingKeeper::BookingKeeper(const Deps& deps)
    : repeater_("bookings", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> BookingKeeper::Keep(const Deps& deps, absl::Time now) {
  int moved = 0;
  int skip = 0;
  for (int together = kTogether;;) {
    const absl::StatusOr<int> more = MoveDue(deps, now, together, skip);
    if (!more.ok()) {
      if (together == kTogether) {
        together = 1;  // one of them can't be moved: each alone, then
        continue;
      }
      log::Warning("a booking that is due can't be moved", {{"status", more.status().ToString()}});
      if (absl::IsUnavailable(more.status()) || ++skip >= kTogether) return more.status();
      continue;
    }
    moved += *more;
    if (*more < together) break;
    if (together == 1 && moved % kTogether == 0 && skip == 0) together = kTogether;
  }
  // Neither waits for the other.
  const absl::Status served = deps.waitlist.Serve("", now).status();
  JH_RETURN_IF_ERROR(deps.lottery.Keep(now).status());
  JH_RETURN_IF_ERROR(served);
  return moved;
}

}  // namespace jinhuan::resource
