#include "meeting-svc/rpc/handover_keeper.h"

#include "absl/time/clock.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(10);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;

// Whether it was told now; false where another process did, or both have signed meanwhile.
absl::StatusOr<bool> Escalate(const HandoverKeeper::Deps& deps, const HandoverKey& key,
                              absl::Time now) {
  api::Call call;
  call.method = "jinhuan.meeting.v1.HandoverKeeper/Keep";
  call.request = deps.ids.NewId();
  call.caller.set_name("services/meeting-svc");
  call.alliance = key.alliance();
  call.now = now;
  call.deadline = absl::Now() + kPatience;
  bool told = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        told = false;
        JH_RETURN_IF_ERROR(deps.handovers.Claim(connection, key));
        JH_ASSIGN_OR_RETURN(const v1::Handover before, deps.handovers.Get(connection, key, now));
        if (before.state() != v1::Handover::STATE_OVERDUE || before.has_escalate_time()) {
          return absl::OkStatus();
        }
        v1::Handover after = before;
        *after.mutable_escalate_time() = api::ToProto(now);
        told = true;
        return deps.handovers.Put(connection, call, key, before, after);
      }));
  return told;
}

}  // namespace

HandoverKeeper::HandoverKeeper(const Deps& deps)
    : repeater_("handovers", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> HandoverKeeper::Keep(const Deps& deps, absl::Time now) {
  JH_ASSIGN_OR_RETURN(const auto late,
                      db::Read<std::vector<HandoverKey>>(
                          deps.pool, absl::Now() + kPatience, [&](db::Connection& connection) {
                            return deps.handovers.Late(connection, now, kTogether);
                          }));
  int told = 0;
  for (const HandoverKey& key : late) {
    const absl::StatusOr<bool> one = Escalate(deps, key, now);
    // The alliance's first term: nobody hands it over.
    if (absl::IsNotFound(one.status())) continue;
    JH_RETURN_IF_ERROR(one.status());
    told += *one ? 1 : 0;
  }
  return told;
}

}  // namespace jinhuan::meeting
