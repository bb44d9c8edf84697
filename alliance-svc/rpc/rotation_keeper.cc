#include "alliance-svc/rpc/rotation_keeper.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr absl::Duration kPause = absl::Seconds(1);
constexpr int kBatch = 100;
// For all that are due, and for one of them: what hangs holds up the others no longer.
constexpr absl::Duration kTimeout = absl::Seconds(30);
constexpr absl::Duration kTimeoutOfOne = absl::Seconds(5);

}  // namespace

RotationKeeper::RotationKeeper(db::Pool& pool, const Stores& stores, IdSource& ids,
                               const Clock& clock)
    : repeater_("rotations", kPause, clock,
                [&pool, &stores, &ids](absl::Time now) { return Keep(pool, stores, ids, now); }) {}

absl::StatusOr<int> RotationKeeper::Keep(db::Pool& pool, const Stores& stores, IdSource& ids,
                                         absl::Time now) {
  const absl::Time deadline = absl::Now() + kTimeout;
  JH_ASSIGN_OR_RETURN(
      const std::vector<std::string> due,
      db::Read<std::vector<std::string>>(pool, deadline, [&](db::Connection& connection) {
        return stores.rotations.rows.Due(connection, now, kBatch);
      }));
  int kept = 0;
  for (const std::string& alliance : due) {
    api::Call call;
    call.method = "jinhuan.alliance.v1.RotationKeeper/Keep";
    call.request = ids.NewId();
    call.caller.set_name("services/alliance-svc");
    call.alliance = alliance;
    call.now = now;
    call.deadline = std::min(deadline, absl::Now() + kTimeoutOfOne);
    const absl::Status status =
        db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                              stores.rotations.Claim(connection, call, alliance));
          return stores.rotations.Save(connection, call, claimed, "");
        });
    if (status.ok()) {
      ++kept;
    } else {
      log::Warning("keeping a rotation failed",
                   {{"alliance", alliance}, {"status", status.ToString()}});
    }
  }
  return kept;
}

}  // namespace jinhuan::alliance
