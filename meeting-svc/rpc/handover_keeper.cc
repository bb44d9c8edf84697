#include "meeting-svc/rpc/handover_keeper.h"

#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/api/time.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(10);
constexpr absl::Duration kPatience = absl::Seconds(30);

// Tells of the one after the first `skip` that are late; nothing is told where both have signed
// meanwhile, or another process told it, or nobody hands over: of an alliance's first term.
absl::Status EscalateOne(const HandoverKeeper::Deps& deps, absl::Time now, int skip, Piece& piece) {
  api::Call call = api::OwnCall("services/meeting-svc", "jinhuan.meeting.v1.HandoverKeeper/Keep",
                                deps.ids, now, absl::Now() + kPatience);
  const auto escalate = [&](db::Connection& c) -> absl::Status {
    piece = {};
    JH_ASSIGN_OR_RETURN(const auto late, deps.handovers.Late(c, now, skip + 1));
    if (late.size() <= static_cast<size_t>(skip)) return absl::OkStatus();
    const HandoverKey& key = late.back();
    piece.found = 1;
    piece.first = key.name();
    call.alliance = key.alliance();
    JH_RETURN_IF_ERROR(deps.handovers.Claim(c, key));
    JH_ASSIGN_OR_RETURN(const v1::Handover before, deps.handovers.Get(c, key, now));
    if (before.state() != v1::Handover::STATE_OVERDUE || before.has_escalate_time()) {
      piece.moved = 1;
      return deps.handovers.Close(c, key);
    }
    v1::Handover after = before;
    *after.mutable_escalate_time() = api::ToProto(now);
    JH_RETURN_IF_ERROR(deps.handovers.Put(c, call, key, before, after));
    piece.moved = 1;
    return absl::OkStatus();
  };
  const absl::Status status = db::InTransaction(deps.pool, call.deadline, escalate);
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

}  // namespace

HandoverKeeper::HandoverKeeper(const Deps& deps)
    : repeater_("handovers", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> HandoverKeeper::Keep(const Deps& deps, absl::Time now) {
  return KeepDue("handovers", 1, [&](int /*limit*/, int skip, Piece& piece) {
    return EscalateOne(deps, now, skip, piece);
  });
}

}  // namespace jinhuan::meeting
