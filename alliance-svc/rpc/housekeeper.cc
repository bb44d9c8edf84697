#include "alliance-svc/rpc/housekeeper.h"

#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/db/forget.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr absl::Duration kPause = absl::Hours(1);
// What hangs holds up the rest no longer.
constexpr absl::Duration kPatience = absl::Seconds(30);

// Erases what the journal says of the one after the first `skip` who are due.
absl::Status EraseOne(db::Pool& pool, const Stores& stores, IdSource& ids, absl::Time now, int skip,
                      Piece& piece) {
  const api::Call call =
      api::OwnCall("services/alliance-svc", "jinhuan.alliance.v1.Housekeeper/Tidy", ids, now,
                   absl::Now() + kPatience);
  return db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
    piece = {};
    JH_ASSIGN_OR_RETURN(const auto due, stores.journal_erasures.Due(connection, now, skip + 1));
    if (due.size() <= static_cast<size_t>(skip)) return absl::OkStatus();
    piece = {.found = 1, .moved = 1, .first = due.back()};
    return stores.journal_erasures.Erase(connection, call, due.back());
  });
}

}  // namespace

Housekeeper::Housekeeper(db::Pool& pool, const Stores& stores, IdSource& ids, const Clock& clock)
    : repeater_("housekeeping", kPause, clock,
                [&pool, &stores, &ids](absl::Time now) { return Tidy(pool, stores, ids, now); }) {}

absl::StatusOr<int> Housekeeper::Tidy(db::Pool& pool, const Stores& stores, IdSource& ids,
                                      absl::Time now) {
  // None waits for another.
  const auto credentials = db::ForgetOld(pool, [&](db::Connection& connection, int limit) {
    return stores.credentials.DeleteExpired(connection, now, limit);
  });
  const auto failures = db::ForgetOld(pool, [&](db::Connection& connection, int limit) {
    return stores.sign_in_failures.DeleteOld(connection, now, limit);
  });
  const auto tickets = db::ForgetOld(pool, [&](db::Connection& connection, int limit) {
    return stores.sign_on.DeleteSpent(connection, now, limit);
  });
  const auto erased = KeepDue("erased people", 1, [&](int /*limit*/, int skip, Piece& piece) {
    return EraseOne(pool, stores, ids, now, skip, piece);
  });
  for (const auto& each : {credentials, failures, tickets, erased}) {
    JH_RETURN_IF_ERROR(each.status());
  }
  return *credentials + *failures + *tickets + *erased;
}

}  // namespace jinhuan::alliance
