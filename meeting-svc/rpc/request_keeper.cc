#include "meeting-svc/rpc/request_keeper.h"

#include "absl/time/clock.h"
#include "meeting-svc/domain/request_steps.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(30);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;  // so many requests share a transaction

// Archives some of what is due, in one transaction; returns how many.
absl::StatusOr<int> ArchiveSome(const RequestKeeper::Deps& deps, absl::Time now) {
  api::Call call;
  call.method = "jinhuan.meeting.v1.RequestKeeper/Keep";
  call.request = deps.ids.NewId();
  call.caller.set_name("services/meeting-svc");
  call.now = now;
  call.deadline = absl::Now() + kPatience;
  int archived = 0;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& c) -> absl::Status {
        JH_RETURN_IF_ERROR(deps.requests.TakeTurn(c));
        JH_ASSIGN_OR_RETURN(const auto due, deps.requests.Due(c, now, kTogether));
        for (const RequestStore::Stored& each : due) {
          call.alliance = api::AllianceOf(each.request.name());
          JH_RETURN_IF_ERROR(
              deps.requests.Put(c, call, each, Archived(each.request, now), std::nullopt));
        }
        archived = static_cast<int>(due.size());
        return absl::OkStatus();
      }));
  return archived;
}

}  // namespace

RequestKeeper::RequestKeeper(const Deps& deps)
    : repeater_("requests", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> RequestKeeper::Keep(const Deps& deps, absl::Time now) {
  for (int archived = 0;;) {
    JH_ASSIGN_OR_RETURN(const int more, ArchiveSome(deps, now));
    archived += more;
    if (more < kTogether) return archived;
  }
}

}  // namespace jinhuan::meeting
