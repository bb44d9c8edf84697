#include "alliance-svc/rpc/rotation_keeper.h"

#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr absl::Duration kPause = absl::Seconds(1);
// What hangs holds up the others no longer.
constexpr absl::Duration kPatience = absl::Seconds(5);

// Brings the one after the first `skip` that are due up to date.
absl::Status KeepOne(db::Pool& pool, const Stores& stores, IdSource& ids, absl::Time now, int skip,
                     Piece& piece) {
  api::Call call = api::OwnCall("services/alliance-svc", "jinhuan.alliance.v1.RotationKeeper/Keep",
                                ids, now, absl::Now() + kPatience);
  return db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
    piece = {};
    JH_ASSIGN_OR_RETURN(const auto due, stores.rotations.rows.Due(connection, now, skip + 1));
    if (due.size() <= static_cast<size_t>(skip)) return absl::OkStatus();
    piece = {.found = 1, .moved = 1, .first = due.back()};
    call.alliance = due.back();
    JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                        stores.rotations.Claim(connection, call, call.alliance));
    return stores.rotations.Save(connection, call, claimed, "");
  });
}

}  // namespace

RotationKeeper::RotationKeeper(db::Pool& pool, const Stores& stores, IdSource& ids,
                               const Clock& clock)
    : repeater_("rotations", kPause, clock,
                [&pool, &stores, &ids](absl::Time now) { return Keep(pool, stores, ids, now); }) {}

absl::StatusOr<int> RotationKeeper::Keep(db::Pool& pool, const Stores& stores, IdSource& ids,
                                         absl::Time now) {
  return KeepDue("rotations", 1, [&](int /*limit*/, int skip, Piece& piece) {
    return KeepOne(pool, stores, ids, now, skip, piece);
  });
}

}  // namespace jinhuan::alliance
