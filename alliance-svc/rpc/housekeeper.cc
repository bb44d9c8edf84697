#include "alliance-svc/rpc/housekeeper.h"

#include "platform/db/forget.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr absl::Duration kPause = absl::Hours(1);

}  // namespace

Housekeeper::Housekeeper(db::Pool& pool, const Stores& stores, const Clock& clock)
    : repeater_("housekeeping", kPause, clock,
                [&pool, &stores](absl::Time now) { return Tidy(pool, stores, now); }) {}

absl::StatusOr<int> Housekeeper::Tidy(db::Pool& pool, const Stores& stores, absl::Time now) {
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
  for (const auto& each : {credentials, failures, tickets}) JH_RETURN_IF_ERROR(each.status());
  return *credentials + *failures + *tickets;
}

}  // namespace jinhuan::alliance
